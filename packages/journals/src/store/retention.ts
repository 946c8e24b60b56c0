import { rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { eventsName, indexName } from './files.ts'
import type { ClosedPeriod } from './manifest.ts'
import type { StoreFolder } from './store-folder.ts'
import type { Loss } from './types.ts'

export interface Limits {
  days: number
  bytes: number
  share: number
}

export const DAY = 86_400_000

/** Removes the oldest closed periods that are over the limits, by unlinking: who reads one goes on. Returns how many. */
export function retain(folder: StoreFolder, limits: Limits, now: number, trustClock: boolean): number {
  const { bsize, blocks } = statfsSync(folder.path)
  const most = Math.min(limits.bytes, limits.share * bsize * blocks)
  let bytes = folder.bytes
  const gone: ClosedPeriod[] = []
  const losses: Loss[] = []
  for (const period of folder.manifest.closed) {
    const parts = Object.entries(period.subjects)
    const newest = Math.max(...parts.map(([, part]) => part.lastTime))
    const old = trustClock && newest < now - limits.days * DAY
    if (!old && bytes <= most) break
    bytes -= period.bytes
    gone.push(period)
    if (old) continue
    for (const [subject, { firstTime, lastTime, events }] of parts)
      losses.push({ subject, firstTime, lastTime, events, reason: 'retention' })
  }
  if (gone.length === 0) return 0
  removePeriods(folder, gone, losses, now - limits.days * DAY)
  return gone.length
}

/** Takes periods out of the manifest, then their files, and indexes that are of no use any more. */
export function removePeriods(
  folder: StoreFolder,
  gone: readonly ClosedPeriod[],
  losses: readonly Loss[],
  since: number,
): void {
  const closed = folder.manifest.closed.filter((period) => !gone.includes(period))
  const serves = ({ first, last }: { first: number; last: number }) =>
    closed.some(({ number }) => number >= first && number <= last)
  const useless = folder.manifest.indexes.filter((index) => !serves(index))
  folder.commit({
    closed,
    indexes: folder.manifest.indexes.filter(serves),
    losses: foldLosses([...folder.manifest.losses, ...losses], since),
  })
  for (const { number } of gone) rmSync(join(folder.path, eventsName(number)), { force: true })
  for (const index of useless) rmSync(join(folder.path, indexName(index)), { force: true })
}

/** One loss for each subject, reason and day; those before `since` are forgotten. */
export function foldLosses(losses: readonly Loss[], since: number): Loss[] {
  const folded = new Map<string, Loss>()
  for (const loss of losses) {
    if (loss.lastTime < since) continue
    const key = JSON.stringify([loss.subject, loss.reason, Math.floor(loss.firstTime / DAY)])
    const known = folded.get(key)
    if (known === undefined) folded.set(key, { ...loss })
    else {
      known.firstTime = Math.min(known.firstTime, loss.firstTime)
      known.lastTime = Math.max(known.lastTime, loss.lastTime)
      known.events += loss.events
    }
  }
  return [...folded.values()]
}
