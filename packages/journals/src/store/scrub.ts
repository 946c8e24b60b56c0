import { closeSync, openSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { eventsName, indexName } from './files.ts'
import type { BlockEntry } from './index/block-entry.ts'
import { readDirectory } from './index/index-file.ts'
import type { ClosedPeriod } from './manifest.ts'
import { removePeriods } from './retention.ts'
import { openBlock } from './snapshot.ts'
import { type StoreFolder, sizeOf } from './store-folder.ts'
import type { Loss } from './types.ts'

/** Sets aside periods whose file is gone or shorter than it was, or whose index is damaged. */
export function checkFiles(folder: StoreFolder): void {
  const { closed, indexes } = folder.manifest
  const torn = closed.filter(({ number, bytes }) => sizeOf(join(folder.path, eventsName(number))) !== bytes)
  for (const index of indexes) {
    if (readsWell(folder, index)) continue
    torn.push(
      ...closed.filter(
        (period) => period.number >= index.first && period.number <= index.last && !torn.includes(period),
      ),
    )
  }
  if (torn.length > 0) setAside(folder, torn)
}

/** Looks through all blocks, one at a time, again and again; what is damaged is not read any more, and told. Yields true after the last. */
export function* checkBlocks(folder: StoreFolder): Generator<boolean, never> {
  for (;;) {
    for (const { number } of folder.manifest.closed) {
      for (const entry of entriesOf(folder, number)) {
        const period = folder.manifest.closed.find((period) => period.number === number)
        if (period && !period.damaged?.includes(entry.header[0]) && !isWhole(folder, entry))
          markDamaged(folder, period, entry)
        yield false
      }
    }
    yield true
  }
}

function setAside(folder: StoreFolder, torn: readonly ClosedPeriod[]): void {
  const losses: Loss[] = torn.flatMap(({ subjects }) =>
    Object.entries(subjects).map(([subject, { firstTime, lastTime, events }]) => ({
      subject,
      firstTime,
      lastTime,
      events,
      reason: 'torn_block',
    })),
  )
  for (const { number } of torn) {
    const name = eventsName(number)
    try {
      renameSync(join(folder.path, name), join(folder.path, `${name}.damaged`))
      folder.log(`The file ${name} of the journals is damaged. It was set aside as ${name}.damaged.`)
    } catch {
      folder.log(`The file ${name} of the journals is gone.`)
    }
  }
  removePeriods(folder, torn, losses, Number.NEGATIVE_INFINITY)
}

function markDamaged(folder: StoreFolder, period: ClosedPeriod, entry: BlockEntry): void {
  const { subject, firstTime, lastTime, rows } = entry
  const marked = { ...period, damaged: [...(period.damaged ?? []), entry.header[0]] }
  folder.log(
    `A block of ${subject} in ${eventsName(period.number)} is damaged: ${rows} events are left out from now on.`,
  )
  folder.commit({
    closed: folder.manifest.closed.map((other) => (other === period ? marked : other)),
    losses: [...folder.manifest.losses, { subject, firstTime, lastTime, events: rows, reason: 'torn_block' }],
  })
}

function isWhole(folder: StoreFolder, entry: BlockEntry): boolean {
  try {
    const fd = openSync(join(folder.path, eventsName(entry.period)), 'r')
    try {
      openBlock(fd, entry).check()
      return true
    } finally {
      closeSync(fd)
    }
  } catch {
    return false
  }
}

function readsWell(folder: StoreFolder, index: { first: number; last: number; bytes: number }): boolean {
  try {
    const fd = openSync(join(folder.path, indexName(index)), 'r')
    try {
      readDirectory(fd, index.bytes)
      return true
    } finally {
      closeSync(fd)
    }
  } catch {
    return false
  }
}

function entriesOf(folder: StoreFolder, number: number): BlockEntry[] {
  const index = folder.manifest.indexes.find(({ first, last }) => number >= first && number <= last)
  if (index === undefined) return []
  try {
    const fd = openSync(join(folder.path, indexName(index)), 'r')
    try {
      return readDirectory(fd, index.bytes).filter((entry) => entry.period === number)
    } finally {
      closeSync(fd)
    }
  } catch {
    return []
  }
}
