import type { ProcessRef } from '@quarry/schema/events'
import type { RingRecord } from './ring.ts'

/** Kinds of records, and where things lie in them: `kernel/records.h` has the same. */
export const kind = {
  exec: 1,
  fork: 2,
  exit: 3,
  connected: 4,
  connectFailed: 5,
  accepted: 6,
  closed: 7,
  listenBegan: 8,
  listenEnded: 9,
  datagramFlow: 10,
  datagramClosed: 11,
  dns: 12,
} as const

export const processAt = {
  parentStart: 24,
  parentPid: 32,
  uid: 36,
  euid: 40,
  gid: 44,
  session: 48,
  device: 52,
  inode: 56,
  size: 64,
  cgroup: 72,
  comm: 80,
  argumentBytes: 96,
  argumentTotal: 100,
  pathBytes: 104,
  cwdBytes: 106,
  cgroupBytes: 108,
  cut: 110,
  data: 112,
} as const

export const exitAt = { cpuMicros: 24, peakPages: 32, status: 40 } as const

export const socketAt = {
  sock: 24,
  began: 32,
  sent: 40,
  received: 48,
  netns: 56,
  family: 60,
  protocol: 62,
  localPort: 64,
  remotePort: 66,
  inbound: 68,
  answer: 69,
  payloadBytes: 70,
  local: 72,
  remote: 88,
  remoteFamily: 104,
  payload: 112,
} as const

export const kindOf = (record: RingRecord): number => u32(record, 0)
export const pidOf = (record: RingRecord): number => u32(record, 4)
/** Microseconds since boot. */
export const atOf = (record: RingRecord): number => u64(record, 8)
export const processOf = (record: RingRecord): ProcessRef => ({
  pid: pidOf(record),
  startTicks: u64(record, 16),
})

export const u8 = (record: RingRecord, offset: number): number => record.bytes[record.at + offset]!
export const u16 = ({ bytes, at }: RingRecord, offset: number): number =>
  bytes[at + offset]! | (bytes[at + offset + 1]! << 8)
export const u32 = ({ words, at }: RingRecord, offset: number): number => words[(at + offset) >>> 2]!
/** Exact up to 2^53: times in microseconds and counts of bytes never are more. */
export const u64 = (record: RingRecord, offset: number): number =>
  u32(record, offset) + u32(record, offset + 4) * 4_294_967_296

/** The address of something in the kernel, to know it again: without its highest bits, which are alike and would not be exact. */
export const pointer = (record: RingRecord, offset: number): number =>
  u32(record, offset) + (u32(record, offset + 4) & 0x1f_ffff) * 4_294_967_296

/** Text up to the first zero byte of `length` bytes. */
export function text({ bytes, at }: RingRecord, offset: number, length: number): string {
  const start = at + offset
  let end = start
  while (end < start + length && bytes[end] !== 0) end++
  return bytes.toString('utf8', start, end)
}
