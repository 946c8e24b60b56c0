import { parentPort, workerData } from 'node:worker_threads'
import { indexRun, type RunToIndex } from './index-run.ts'
import { forget, openSightings } from './sightings.ts'

/** What the thread does: counts a run, or forgets devices. */
export type IndexOrder =
  | { op: 'run'; run: RunToIndex }
  | { op: 'forget'; enrolled: readonly string[]; now: number }
  | { op: 'finished'; finishedAt: number }

const db = openSightings(workerData as string)
const port = parentPort!

port.on('message', ({ id, order }: { id: number; order: IndexOrder }) => {
  try {
    if (order.op === 'run') indexRun(db, order.run)
    else if (order.op === 'forget') forget(db, order.enrolled, order.now)
    else db.prepare('INSERT OR REPLACE INTO progress (one, finished_at) VALUES (1, ?)').run(order.finishedAt)
    port.postMessage({ id })
  } catch (error) {
    port.postMessage({ id, error: String((error as Error).message) })
  }
})
