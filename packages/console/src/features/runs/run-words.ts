import type { EndpointCounts, Run } from '@quarry/schema/endpoints/runs'
import { formatDuration } from '../../components/cells/format-duration.ts'
import { formatWhen } from '../../components/cells/format-time.ts'

export type PartKey =
  | 'withData'
  | 'withoutData'
  | 'failed'
  | 'timedOut'
  | 'canceled'
  | 'running'
  | 'next'
  | 'offline'

/** Devices of a run in one state. */
export interface Part {
  key: PartKey
  count: number
  word: string
  /** The `match` of the API for these devices. */
  match: string
}

/** Splits the devices of a run by their state. The counts add up to `total`. */
export function progressParts({ statuses }: Pick<EndpointCounts, 'statuses'>): Part[] {
  const { pending, started, finished } = statuses
  const { succeeded, failed, timedOut, canceled } = finished
  const part = (key: PartKey, count: number, word: string, match: string) => ({ key, count, word, match })
  return [
    part('withData', succeeded.withData, 'with data', 'finished:succeeded:withData'),
    part('withoutData', succeeded.withoutData, 'without', 'finished:succeeded:withoutData'),
    part('failed', failed.total, 'failed', 'finished:failed'),
    part('timedOut', timedOut.total, 'timed out', 'finished:timedOut'),
    part('canceled', canceled.total, 'canceled', 'finished:canceled'),
    part('running', started.total, 'running', 'started'),
    part('next', pending.online, 'next', 'pending:online'),
    part('offline', pending.offline, 'offline', 'pending:offline'),
  ]
}

/** Devices that have not ended. */
export function openDevices({ statuses: { pending, started } }: EndpointCounts): number {
  return pending.total + started.total
}

/** Writes a number with its noun: `1 device`, `2,100 devices`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** The state of a run in a few words: `finished in 0.9 s`, `canceled after 12 s`, `running`, `waiting`. */
export function runState(run: Run): string {
  if (run.status === 'pending') return 'waiting'
  if (run.status === 'started') return 'running'
  const took = run.finishedAt
    ? formatDuration(Date.parse(run.finishedAt) - Date.parse(run.resumedAt ?? run.createdAt))
    : ''
  const words: Record<Run['result'], string> = {
    succeeded: `finished in ${took}`,
    failed: `failed after ${took}`,
    timedOut: `timed out after ${took}`,
    canceled: `canceled after ${took}`,
    notAvailable: `ended after ${took}`,
  }
  return words[run.result]
}

/**
 * How a run's wait for its offline devices is told: `waiting until 14:05`.
 * @param deadline when the run ends, by the clock of this browser.
 */
export function waitingWords(deadline: Date, now: Date): string {
  return `waiting until ${formatWhen(deadline, now)}`
}

/** What someone who hears the page is told of a run: `Running. 2 of 3 devices done, 214 rows.` */
export function announcement(run: Run, rows: number): string {
  const ended = run.endpointCounts.total - openDevices(run.endpointCounts)
  const state = runState(run)
  const answered = `${ended} of ${counted(run.endpointCounts.total, 'device')} done, ${counted(rows, 'row')}.`
  return `${state[0]!.toUpperCase()}${state.slice(1)}. ${answered}`
}
