import { addressText } from '../address.ts'

/** A record of wtmp or btmp (utmp(5)). */
export interface UtmpRecord {
  type: number
  pid: number
  terminal: string
  user: string
  /** Name or address that somebody came from. */
  host: string
  address?: string
  /** Milliseconds since 1970. */
  at: number
}

/** Types of records. */
export const utmpType = { boot: 2, login: 6, user: 7, dead: 8 } as const

/** A record has 384 bytes where its times are 32 bits wide, as on x86, and 400 on the later machines. */
const wideMachine = ['arm64', 'riscv64', 'loong64'].includes(process.arch)
export const utmpSize = wideMachine ? 400 : 384
const timeAt = wideMachine ? 344 : 340
const addressAt = timeAt + (wideMachine ? 16 : 8)

export function readUtmp(bytes: Buffer): UtmpRecord {
  const seconds = wideMachine ? Number(bytes.readBigInt64LE(timeAt)) : bytes.readUInt32LE(timeAt)
  const micros = wideMachine ? Number(bytes.readBigInt64LE(timeAt + 8)) : bytes.readInt32LE(timeAt + 4)
  const address = addressOf(bytes.subarray(addressAt, addressAt + 16))
  return {
    type: bytes.readInt16LE(0),
    pid: bytes.readInt32LE(4),
    terminal: text(bytes.subarray(8, 40)),
    user: text(bytes.subarray(44, 76)),
    host: text(bytes.subarray(76, 332)),
    ...(address && { address }),
    at: seconds * 1000 + Math.floor(micros / 1000),
  }
}

const text = (bytes: Buffer) => {
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
}

function addressOf(bytes: Buffer): string | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined
  return addressText(bytes.subarray(4).every((byte) => byte === 0) ? bytes.subarray(0, 4) : bytes)
}
