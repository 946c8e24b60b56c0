// The log that a batch is written to before it is acknowledged. Many batches share one sync; segments are numbered and never reused.
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { type FileHandle, open, readFile, unlink } from 'node:fs/promises'
import { type Batch, LakeRefusal, seriesOf } from '../batch.ts'
import { sync } from './durable.ts'
import { decodeFrames, encodeFrame } from './frame.ts'

/** The last sequence of each series (`seriesOf`). */
export type Marks = Map<string, number>

export interface SegmentLog {
  /** Resolves when the batch is on disk; 'repeated' when it already was. @throws LakeRefusal */
  append(batch: Batch): Promise<'stored' | 'repeated'>
  /** Ends the open segment, so that what it holds can be compacted. */
  seal(): Promise<void>
  /** Numbers of the ended segments, oldest first. */
  sealed(): number[]
  /** Segments with what they hold durably, in bytes, oldest first; the open one last. */
  segments(): { number: number; bytes: number }[]
  /** Bytes of a segment from an offset to what is durable. */
  read(number: number, from?: number): Promise<Buffer>
  /** Removes a segment whose rows are kept elsewhere. */
  drop(number: number): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly series: string
  readonly sequence: number
  /** Undefined for a repeat, which waits for the same sync as the first. */
  readonly frame: Buffer | undefined
  resolve(how: 'stored' | 'repeated'): void
  reject(reason: LakeRefusal): void
}

const fileOf = (number: number) => `${String(number).padStart(12, '0')}.seg`

/** Syncs a file that an earlier process wrote: what it holds is about to count as stored. */
function syncNow(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Every segment of a folder and its bytes. Raises the marks by what they hold. */
function scan(folder: string, through: number, marks: Marks): Map<number, number> {
  const found = new Map<number, number>()
  const numbers = readdirSync(folder)
    .filter((name) => name.endsWith('.seg'))
    .map((name) => Number.parseInt(name, 10))
  for (const number of numbers.sort((a, b) => a - b)) {
    const path = `${folder}/${fileOf(number)}`
    syncNow(path)
    const bytes = readFileSync(path)
    found.set(number, bytes.length)
    if (number <= through) continue
    for (const batch of decodeFrames(bytes)) raise(marks, seriesOf(batch), batch.sequence)
  }
  return found
}

/** Raises a mark; never lowers it. */
export function raise(marks: Marks, series: string, sequence: number): void {
  if (sequence > (marks.get(series) ?? Number.NEGATIVE_INFINITY)) marks.set(series, sequence)
}

/**
 * Opens the log of a folder.
 * @param taken what is already kept elsewhere: segments up to `through`, sequences up to `marks`
 * @param segmentBytes a segment is ended beyond this
 */
export function openSegmentLog(
  folder: string,
  taken: { through: number; marks: Marks },
  segmentBytes = 64 * 1024 * 1024,
): SegmentLog {
  mkdirSync(folder, { recursive: true })
  const durable: Marks = new Map(taken.marks)
  const ended = scan(folder, taken.through, durable)
  /** Sequences accepted, on disk or on their way. */
  const accepted: Marks = new Map(durable)
  /** Series of which a batch could not be written: nothing later is taken before it has come again. */
  const owed: Marks = new Map()
  let next = Math.max(taken.through, ...ended.keys(), 0) + 1
  let current: { number: number; handle: FileHandle; bytes: number } | undefined
  let waiting: Waiting[] = []
  let working: Promise<void> | undefined

  async function begin() {
    const number = next++
    const handle = await open(`${folder}/${fileOf(number)}`, 'ax')
    current = { number, handle, bytes: 0 }
    await sync(folder)
    return current
  }

  async function end() {
    if (current === undefined) return
    const { number, handle, bytes } = current
    current = undefined
    ended.set(number, bytes)
    await handle.close().catch(() => undefined)
  }

  async function drop(number: number) {
    await unlink(`${folder}/${fileOf(number)}`)
    ended.delete(number)
  }

  async function write(group: Waiting[]) {
    const frames = group.flatMap(({ frame }) => frame ?? [])
    if (frames.length === 0) return
    const segment = current ?? (await begin())
    const bytes = Buffer.concat(frames)
    await segment.handle.appendFile(bytes)
    await segment.handle.datasync()
    segment.bytes += bytes.length
    if (segment.bytes >= segmentBytes) await end()
  }

  /** After a failed write or sync nobody knows what is on disk: the segment ends at its last durable byte, and each series starts again. */
  async function fail(group: Waiting[], cause: unknown) {
    const failed = current
    await end()
    if (failed?.bytes === 0) await drop(failed.number).catch(() => undefined)
    const lost = [...group, ...waiting]
    waiting = []
    for (const { series, sequence, frame, reject } of lost) {
      const mark = durable.get(series)
      if (mark === undefined) accepted.delete(series)
      else accepted.set(series, mark)
      if (frame !== undefined) owed.set(series, Math.min(sequence, owed.get(series) ?? sequence))
      reject(new LakeRefusal('unavailable', 'The lake cannot write to its disk.', cause))
    }
  }

  /** Those who wait for the open segment to end. */
  let sealing: (() => void)[] = []

  async function endForThem() {
    const waitingForEnd = sealing
    sealing = []
    await end()
    for (const done of waitingForEnd) done()
  }

  async function work() {
    // A seal comes between two groups, not when all is quiet: under load it never is.
    while (waiting.length > 0 || sealing.length > 0) {
      if (sealing.length > 0) await endForThem()
      const group = waiting
      waiting = []
      try {
        await write(group)
      } catch (cause) {
        await fail(group, cause)
        continue
      }
      for (const { series, sequence, frame, resolve } of group) {
        raise(durable, series, sequence)
        owed.delete(series)
        resolve(frame === undefined ? 'repeated' : 'stored')
      }
    }
    working = undefined
  }

  const idle = async () => {
    while (working !== undefined) await working
  }

  return {
    append(batch) {
      const series = seriesOf(batch)
      const { sequence } = batch
      if (sequence <= (durable.get(series) ?? Number.NEGATIVE_INFINITY)) return Promise.resolve('repeated')
      if (sequence > (owed.get(series) ?? sequence))
        return Promise.reject(new LakeRefusal('resend', 'An earlier batch of this stream is missing.'))
      const repeat = sequence <= (accepted.get(series) ?? Number.NEGATIVE_INFINITY)
      accepted.set(series, Math.max(sequence, accepted.get(series) ?? sequence))
      const frame = repeat ? undefined : encodeFrame(batch)
      const stored = new Promise<'stored' | 'repeated'>((resolve, reject) => {
        waiting.push({ series, sequence, frame, resolve, reject })
      })
      working ??= work()
      return stored
    },
    seal() {
      const done = new Promise<void>((resolve) => sealing.push(resolve))
      working ??= work()
      return done
    },
    sealed: () => [...ended.keys()].sort((a, b) => a - b),
    segments() {
      const list = [...ended].map(([number, bytes]) => ({ number, bytes }))
      if (current !== undefined) list.push({ number: current.number, bytes: current.bytes })
      return list.sort((a, b) => a.number - b.number)
    },
    async read(number, from = 0) {
      const bytes = await readFile(`${folder}/${fileOf(number)}`)
      return bytes.subarray(from, ended.get(number) ?? current?.bytes)
    },
    drop,
    async close() {
      await idle()
      await end()
    },
  }
}
