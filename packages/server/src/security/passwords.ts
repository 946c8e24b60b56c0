import { type Argon2Parameters, argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '@quarry/schema'

const derive = promisify(argon2)

/** Argon2id with 19 MiB, two passes and one lane: the first choice of OWASP's Password Storage Cheat Sheet. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32

/** Each derivation takes 19 MiB and some 30 ms of a core, so few run at once and few wait. */
const slots = { running: 0, max: 2, maxWaiting: 50, waiting: [] as (() => void)[] }

/** Tells whether a password may be chosen: 12 to 256 characters, and not the user name. */
export function passwordFits(password: string, username: string): boolean {
  return password.length >= 12 && password.length <= 256 && password.toLowerCase() !== username.toLowerCase()
}

/** Makes a one-time password that is easy to read out: four groups of five, some 98 bits. */
export function newOneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

/** Hashes a password for storage, as a PHC string. @throws AppError too_many_requests when too many wait. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await deriveInTurn({ message: password, nonce: salt, tagLength, ...cost })
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`
}

/**
 * Checks a password against a PHC string. Without one (nobody has this name) it works as long and answers false, so
 * that the time does not tell which names exist.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored ?? '')
  if (!parts) {
    await deriveInTurn({ message: password, nonce: randomBytes(16), tagLength, ...cost })
    return false
  }
  const [, memory, passes, parallelism, salt, tag] = parts
  const expected = Buffer.from(tag!, 'base64')
  const actual = await deriveInTurn({
    message: password,
    nonce: Buffer.from(salt!, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  })
  return timingSafeEqual(expected, actual)
}

async function deriveInTurn(parameters: Argon2Parameters): Promise<Buffer> {
  if (slots.running >= slots.max) {
    if (slots.waiting.length >= slots.maxWaiting) throw new AppError('too_many_requests')
    await new Promise<void>((resolve) => slots.waiting.push(resolve))
  } else slots.running++
  try {
    return await derive('argon2id', parameters)
  } finally {
    // The slot goes straight to whoever waits longest; only an unclaimed one is given back.
    const next = slots.waiting.shift()
    if (next) next()
    else slots.running--
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
