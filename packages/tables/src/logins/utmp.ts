import type { Host } from '../host/host.ts'
import { machineName } from '../system/machine.ts'

/** One record of utmp or wtmp. */
export interface LoginRecord {
  type: number
  pid: number
  tty: string
  user: string
  /** Name or address that the sign-in came from; of a boot the release of the kernel. */
  host: string
  /** Unix seconds. */
  time: number
}

/** A record has 384 bytes where its times are 32 bits wide, as on x86, and 400 on the later machines. */
const narrow = { size: 384, time: 340, address: 348, wide: false }
const wide = { size: 400, time: 344, address: 360, wide: true }
const wideMachines = new Set(['aarch64', 'riscv64', 'loongarch64'])

/** Yields the records of a file such as /run/utmp; a broken last record is left out. Throws like reading. */
export function* loginRecords(host: Host, path: string): Generator<LoginRecord> {
  const layout = layoutOf(host, Number(host.stat(path).size))
  let rest: Buffer = Buffer.alloc(0)
  for (const chunk of host.chunks(path)) {
    const bytes = Buffer.concat([rest, chunk])
    let at = 0
    for (; at + layout.size <= bytes.length; at += layout.size) {
      yield record(bytes.subarray(at, at + layout.size), layout)
    }
    rest = bytes.subarray(at)
  }
}

function layoutOf(host: Host, size: number) {
  if (size % wide.size !== 0) return narrow
  if (size % narrow.size !== 0) return wide
  return wideMachines.has(machineName(host) ?? '') ? wide : narrow
}

function record(bytes: Buffer, layout: typeof narrow): LoginRecord {
  return {
    type: bytes.readInt16LE(0),
    pid: bytes.readInt32LE(4),
    tty: text(bytes.subarray(8, 40)),
    user: text(bytes.subarray(44, 76)),
    host: text(bytes.subarray(76, 332)) || address(bytes.subarray(layout.address, layout.address + 16)),
    // 32 bits without a sign reach to 2106.
    time: layout.wide ? Number(bytes.readBigInt64LE(layout.time)) : bytes.readUInt32LE(layout.time),
  }
}

function text(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
}

/** The address of a record that has no name: IPv4 in the first four bytes alone, or IPv6. */
function address(bytes: Buffer): string {
  if (bytes.every((byte) => byte === 0)) return ''
  if (bytes.subarray(4).every((byte) => byte === 0)) return [...bytes.subarray(0, 4)].join('.')
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16))
  // An URL has the short form of RFC 5952.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}
