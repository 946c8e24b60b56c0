import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { openPeriodName } from './open-period.ts'
import type { Total } from './open-tables.ts'
import { OpenView } from './open-view.ts'
import type { StoreFolder } from './store-folder.ts'
import { sizeOf } from './store-folder.ts'
import type { Loss } from './types.ts'

/**
 * Takes a period that cannot be packed out of the journals: its file stays as `open-<n>.db.damaged`, what it held is counted as
 * lost, and the recording goes on. @throws when the manifest cannot be written.
 */
export function setAsideOpen(folder: StoreFolder, number: number, why: string): void {
  const { totals, losses } = contents(folder.path, number)
  const { manifest } = folder
  const sequences = { ...manifest.sequences }
  for (const { subject, lastSequence } of totals)
    sequences[subject] = Math.max(sequences[subject] ?? 0, lastSequence)
  const gone: Loss[] = totals.map(({ subject, firstTime, lastTime, events }) => ({
    subject,
    firstTime,
    lastTime,
    events,
    reason: 'torn_block',
  }))
  folder.commit({
    open: manifest.open.filter((other) => other !== number),
    sequences,
    losses: [...manifest.losses, ...losses, ...gone],
  })
  const name = openPeriodName(number)
  for (const suffix of ['', '-wal']) {
    const path = join(folder.path, name + suffix)
    if (sizeOf(path) > 0) renameSync(path, join(folder.path, `${name}.damaged${suffix}`))
  }
  const events = totals.reduce((sum, total) => sum + total.events, 0)
  folder.log(
    `The file ${name} of the journals could not be packed (${why}). It was set aside as ${name}.damaged; ${events} events are left out.`,
  )
}

/** What can still be told of the period; where even that cannot be read, that there was something. */
function contents(path: string, number: number): { totals: Total[]; losses: Loss[] } {
  try {
    const view = new OpenView(path, number)
    try {
      return { totals: view.totals(), losses: view.losses() }
    } finally {
      view.close()
    }
  } catch {
    const time = Date.now()
    return {
      totals: [],
      losses: [{ subject: '*', firstTime: time, lastTime: time, events: 0, reason: 'torn_block' }],
    }
  }
}
