import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

const ticksPerSecond = 10_000_000n
/** Seconds from 1601, where FILETIME begins, to 1970. */
const filetimeEpoch = 11_644_473_600n
const prefix = 'boot-'

/** Windows FILETIME ticks (100 ns since 1601) of a time in seconds since 1970. */
export const filetimeOfSeconds = (seconds: bigint): bigint => (seconds + filetimeEpoch) * ticksPerSecond

/** Boot time from `btime` of `/proc/stat`, whole seconds. It moves when the clock is set. Throws when there is none. */
export function bootFromStat(stat: string): bigint {
  const seconds = /^btime (\d+)$/m.exec(stat)?.[1]
  if (!seconds) throw new Error('/proc/stat has no btime, so the time of the boot is unknown.')
  return filetimeOfSeconds(BigInt(seconds))
}

/**
 * The wall clock at boot, measured once for each boot and kept in a world-readable file of `dir`, so that every process of this boot
 * has the same one even after the clock was set. Undefined when it is neither kept nor can be: the caller takes `btime` then.
 */
export function keptBootTime(dir: string, bootId: string, measure: () => bigint): bigint | undefined {
  const file = join(dir, `${prefix}${bootId}`)
  const kept = readKept(file)
  if (typeof kept === 'bigint') return kept
  try {
    mkdirSync(dir, { recursive: true })
    removeOthers(dir, bootId)
    // Left from a disk that failed. An absent file is not removed: by now another process may have made it.
    if (kept === 'damaged') rmSync(file, { force: true })
    publish(file, `${measure()}\n`)
  } catch {
    // Another process was first, or the folder cannot be written.
  }
  const now = readKept(file)
  return typeof now === 'bigint' ? now : undefined
}

/** Measures wall clock − time since boot, in FILETIME ticks; `uptime` is the text of `/proc/uptime`, whose step is 10 ms. */
export function measureBootTime(wallMillis: number, uptime: string): bigint {
  const [seconds = '', hundredths = '0'] = /^\d+\.\d+/.exec(uptime)?.[0].split('.') ?? []
  const since = BigInt(seconds) * ticksPerSecond + BigInt(hundredths.padEnd(7, '0').slice(0, 7))
  return BigInt(Math.round(wallMillis * 1000)) * 10n + filetimeEpoch * ticksPerSecond - since
}

function readKept(file: string): bigint | 'damaged' | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim()
    return /^\d{17,19}$/.test(text) ? BigInt(text) : 'damaged'
  } catch {
    return undefined
  }
}

/** Makes the file whole or not at all; of two processes that do so at once, one wins and the other keeps its text. */
function publish(file: string, text: string) {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`
  const fd = openSync(draft, 'wx', 0o644)
  try {
    writeSync(fd, text)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  try {
    linkSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

function removeOthers(dir: string, bootId: string) {
  for (const name of readdirSync(dir)) {
    if (name.startsWith(prefix) && !name.startsWith(`${prefix}${bootId}`))
      rmSync(join(dir, name), { force: true })
  }
}
