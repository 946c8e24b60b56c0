import { createPrivateKey, type KeyObject } from 'node:crypto'

export interface PrivateKeyFacts {
  encrypted: boolean
  /** rsa, dsa, dh, ec, or empty where it cannot be told. */
  type: string
  /** OpenSSL’s name of the curve; empty for none. */
  group: string
  /** Bits of the modulus or curve; −1 where it cannot be told. */
  length: number
  /** Bits of security as NIST SP 800-57 counts them; −1 where it cannot be told. */
  security: number
}

const begin = /-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----/
const unknown = { type: '', group: '', length: -1, security: -1 }
const curveBits: Record<string, number> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 }
const sshCurves: Record<string, string> = {
  nistp256: 'prime256v1',
  nistp384: 'secp384r1',
  nistp521: 'secp521r1',
}
const labels: Record<string, string> = { RSA: 'rsa', DSA: 'dsa', EC: 'ec' }

/** Tells what a file of a private key says about the key without its pass phrase; undefined where it holds no private key. */
export function privateKeyFacts(text: string): PrivateKeyFacts | undefined {
  const [, label] = begin.exec(text) ?? []
  if (!label) return undefined
  if (label === 'OPENSSH PRIVATE KEY') return opensshFacts(text)
  const type = labels[label.replace(/ ?PRIVATE KEY$/, '')] ?? ''
  if (label.startsWith('ENCRYPTED') || /^Proc-Type: 4,ENCRYPTED/m.test(text))
    return { ...unknown, encrypted: true, type }
  try {
    return { encrypted: false, ...keyFacts(createPrivateKey(text)) }
  } catch {
    // A key that OpenSSL does not understand is a key all the same.
    return { ...unknown, encrypted: false, type }
  }
}

function keyFacts({ asymmetricKeyType: kind, asymmetricKeyDetails: details = {} }: KeyObject) {
  const type = kind === 'rsa-pss' ? 'rsa' : (kind ?? '')
  if (type === 'ec') return curve(details.namedCurve ?? '')
  if (type === 'ed25519' || type === 'x25519') return { type, group: '', length: 253, security: 128 }
  if (type === 'ed448' || type === 'x448') return { type, group: '', length: 448, security: 224 }
  const length = details.modulusLength ?? -1
  return { type, group: '', length, security: strength(length) }
}

function curve(group: string) {
  const length = curveBits[group] ?? -1
  return { type: 'ec', group, length, security: length < 0 ? -1 : Math.floor(length / 2) }
}

/** NIST SP 800-57, part 1, table 2: bits of security of an RSA or DSA modulus. */
function strength(bits: number): number {
  const steps = [
    [15360, 256],
    [7680, 192],
    [3072, 128],
    [2048, 112],
    [1024, 80],
  ] as const
  return bits < 0 ? -1 : (steps.find(([least]) => bits >= least)?.[1] ?? 0)
}

/** OpenSSH's own format (PROTOCOL.key): cipher, key derivation and the public key stand in front in the clear. */
function opensshFacts(text: string): PrivateKeyFacts {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]*)-----END/.exec(text)?.[1] ?? ''
  const bytes = Buffer.from(body, 'base64')
  const failed = { ...unknown, encrypted: false }
  if (bytes.toString('latin1', 0, 15) !== 'openssh-key-v1\0') return failed
  try {
    const [cipher, , , rest] = strings(bytes, 15, 3)
    const [blob] = strings(bytes, rest + 4, 1)
    const encrypted = cipher.toString() !== 'none'
    return { encrypted, ...publicFacts(blob) }
  } catch {
    return failed
  }
}

function publicFacts(blob: Buffer) {
  const [name] = strings(blob, 0, 1)
  const kind = name.toString()
  if (kind.startsWith('ecdsa-sha2-')) return curve(sshCurves[kind.slice(11)] ?? '')
  if (kind === 'ssh-ed25519') return { type: 'ed25519', group: '', length: 253, security: 128 }
  // ssh-rsa holds exponent and modulus, ssh-dss the prime first.
  const place = kind === 'ssh-rsa' ? 2 : kind === 'ssh-dss' ? 1 : 0
  if (place === 0) return { ...unknown }
  const number = strings(blob, 0, place + 1)[place] as Buffer
  const length = BigInt(`0x0${number.toString('hex')}`).toString(2).length
  return { type: kind === 'ssh-rsa' ? 'rsa' : 'dsa', group: '', length, security: strength(length) }
}

/** Reads `count` strings, each behind its length in four bytes; behind them where they end. Throws a RangeError beyond the end. */
function strings(bytes: Buffer, start: number, count: number): [Buffer, Buffer, Buffer, number] {
  const found: (Buffer | number)[] = []
  let at = start
  for (let left = count; left > 0; left -= 1) {
    const length = bytes.readUInt32BE(at)
    if (at + 4 + length > bytes.length) throw new RangeError('The key is cut short.')
    found.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  while (found.length < 3) found.push(Buffer.alloc(0))
  return [...found, at] as [Buffer, Buffer, Buffer, number]
}
