/** What the kernel's process connector tells (include/uapi/linux/cn_proc.h). Times are CLOCK_MONOTONIC in nanoseconds. */
export type ConnectorEvent = { cpu: number; sequence: number; nanos: bigint } & (
  | { kind: 'fork'; parent: number; pid: number; thread: boolean }
  | { kind: 'exec'; pid: number }
  /** A thread ended, `leader` when it is the first of its process. `status` as wait(2) gives it. `pid` is the process. */
  | { kind: 'exit'; pid: number; leader: boolean; status: number }
  /** Answer to the request to listen; `error` 0 when it is granted. */
  | { kind: 'answer'; error: number }
  | { kind: 'other' }
)

const ANSWER = 0
const FORK = 1
const EXEC = 2
const EXIT = 0x80000000

/** Header of netlink (16), then `struct cn_msg` (20), then `struct proc_event`. */
const SEQUENCE = 24
const WHAT = 36
const CPU = 40
const TIME = 44
const DATA = 52
const SHORTEST = DATA + 4

/** Parses one message, from its netlink header on; undefined for one that is too short to be any. */
export function parseConnectorEvent(message: Buffer): ConnectorEvent | undefined {
  if (message.length < SHORTEST) return undefined
  const head = {
    cpu: message.readUInt32LE(CPU),
    sequence: message.readUInt32LE(SEQUENCE),
    nanos: message.readBigUInt64LE(TIME),
  }
  const what = message.readUInt32LE(WHAT)
  const word = (index: number) => message.readInt32LE(DATA + 4 * index)
  if (what === ANSWER) return { ...head, kind: 'answer', error: word(0) }
  if (what === FORK && message.length >= DATA + 16)
    return { ...head, kind: 'fork', parent: word(1), pid: word(3), thread: word(2) !== word(3) }
  if (what === EXEC && message.length >= DATA + 8) return { ...head, kind: 'exec', pid: word(1) }
  if (what === EXIT && message.length >= DATA + 12)
    return { ...head, kind: 'exit', pid: word(1), leader: word(0) === word(1), status: word(2) }
  return { ...head, kind: 'other' }
}

/** Exit code of a status as wait(2) gives it: 0 to 255, or 128 + n when signal n ended the process. */
export const exitCodeOf = (status: number): number =>
  (status & 0x7f) === 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
