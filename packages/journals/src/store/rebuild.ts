import { closeSync, existsSync, openSync, readdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { eventsName } from './files.ts'
import type { BlockEntry } from './index/block-entry.ts'
import { readDirectory } from './index/index-file.ts'
import type { ClosedPeriod, IndexFile, Manifest, PeriodSubject } from './manifest.ts'
import { epochOf } from './open-tables.ts'

/** Makes a manifest from what lies in a folder, which may be nothing. A damaged one is kept beside it. */
export function rebuildManifest(folder: string, now: number): Manifest {
  const path = join(folder, 'manifest.json')
  if (existsSync(path)) renameSync(path, `${path}.damaged`)
  const names = readdirSync(folder)
  const numbers = (pattern: RegExp) =>
    names.flatMap((name) => {
      const match = pattern.exec(name)
      return match ? [match.slice(1).map(Number)] : []
    })
  const closed = new Map<number, ClosedPeriod>()
  const indexes: IndexFile[] = []
  // Of two that cover the same periods the wider one was made of the others.
  const ranges = numbers(/^(\d+)-(\d+)\.index$/).sort((a, b) => a[0]! - b[0]! || b[1]! - a[1]!)
  for (const [first, last] of ranges as [number, number][]) {
    if (indexes.some((index) => index.first <= first && last <= index.last)) continue
    const bytes = statSync(join(folder, `${first}-${last}.index`)).size
    const entries = entriesOf(join(folder, `${first}-${last}.index`), bytes)
    if (entries === undefined) continue
    indexes.push({ first, last, bytes })
    for (const entry of entries) addEntry(folder, closed, entry)
  }
  const open = numbers(/^open-(\d+)\.db$/)
    .map(([number]) => number!)
    .filter((number) => !closed.has(number))
    .sort((a, b) => a - b)
  const epochs = open.map((number) => epochOf(folder, number)).filter((epoch) => epoch !== undefined)
  const periods = [...closed.values()].sort((a, b) => a.number - b.number)
  return {
    version: 1,
    epoch: epochs.at(-1) ?? Math.floor(now / 1000),
    open,
    closed: periods,
    indexes,
    sequences: lastSequences(periods),
    losses: [],
  }
}

function entriesOf(path: string, bytes: number): BlockEntry[] | undefined {
  const fd = openSync(path, 'r')
  try {
    return readDirectory(fd, bytes)
  } catch {
    return undefined
  } finally {
    closeSync(fd)
  }
}

function addEntry(folder: string, closed: Map<number, ClosedPeriod>, entry: BlockEntry): void {
  const bytes = statSync(join(folder, eventsName(entry.period)), { throwIfNoEntry: false })?.size
  if (bytes === undefined) return
  const period = closed.get(entry.period) ?? { number: entry.period, bytes, subjects: {} }
  closed.set(entry.period, period)
  const { rows, firstTime, lastTime, firstSequence, lastSequence, bytes: size } = entry
  period.subjects[entry.subject] = joined(period.subjects[entry.subject], {
    events: rows,
    firstTime,
    lastTime,
    firstSequence,
    lastSequence,
    bytes: size,
  })
}

/** What two parts of a journal hold together. */
export function joined(a: PeriodSubject | undefined, b: PeriodSubject): PeriodSubject {
  if (a === undefined) return b
  return {
    events: a.events + b.events,
    firstTime: Math.min(a.firstTime, b.firstTime),
    lastTime: Math.max(a.lastTime, b.lastTime),
    firstSequence: Math.min(a.firstSequence, b.firstSequence),
    lastSequence: Math.max(a.lastSequence, b.lastSequence),
    bytes: a.bytes + b.bytes,
  }
}

function lastSequences(periods: readonly ClosedPeriod[]): Record<string, number> {
  const sequences: Record<string, number> = {}
  for (const { subjects } of periods)
    for (const [subject, { lastSequence }] of Object.entries(subjects))
      sequences[subject] = Math.max(sequences[subject] ?? 0, lastSequence)
  return sequences
}
