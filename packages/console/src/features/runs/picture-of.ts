import type { Run } from '@quarry/schema/endpoints/runs'
import { counted, openDevices } from './run-words.ts'

export interface Picture {
  kind: 'expired' | 'filtered' | 'waiting' | 'offline' | 'none' | 'failed' | 'canceled' | 'timedOut'
  title: string
  text: string
}

/**
 * Says why a run shows no row.
 * @param state whether its results are no longer kept, and whether it has rows that the filters leave out.
 */
export function pictureOf(run: Run, state: { expired: boolean; filtered: boolean }): Picture {
  const { total, statuses } = run.endpointCounts
  const { succeeded, failed, timedOut } = statuses.finished
  if (state.expired)
    return {
      kind: 'expired',
      title: 'The results of this run are no longer kept',
      text: 'Results are kept for 30 days, or until they need too much room. The run, its devices and its SQL remain. Run it again for new rows.',
    }
  if (state.filtered)
    return {
      kind: 'filtered',
      title: 'No row matches',
      text: 'The run has rows, but the filters and the search leave none of them.',
    }
  if (run.status !== 'finished') return waiting(run)
  if (succeeded.total > 0)
    return {
      kind: 'none',
      title: 'No row',
      text: `${counted(succeeded.total, 'device')} answered; none had a row.${failed.total > 0 ? ` ${counted(failed.total, 'device')} failed.` : ''}`,
    }
  if (run.result === 'canceled')
    return { kind: 'canceled', title: 'The run was canceled', text: 'No row had come until then.' }
  if (failed.total > 0)
    return {
      kind: 'failed',
      title: failed.total === total ? 'The query failed on every device' : 'No device answered',
      text: `${counted(failed.total, 'device')} failed${timedOut.total > 0 ? `, ${timedOut.total.toLocaleString('en')} timed out` : ''}:`,
    }
  return {
    kind: 'timedOut',
    title: 'Time was up before a device answered',
    text: `${counted(timedOut.total, 'device')} did not answer in time. Run it again with a longer wait, or when the devices are online.`,
  }
}

function waiting({ endpointCounts }: Run): Picture {
  const { pending, finished } = endpointCounts.statuses
  const failed =
    finished.failed.total > 0 ? ` ${counted(finished.failed.total, 'device')} failed so far:` : ''
  const open = openDevices(endpointCounts)
  if (pending.offline === open)
    return {
      kind: 'offline',
      title: `Waiting for ${counted(open, 'offline device')}`,
      text: `An offline device gets the query when it connects, until the run ends. You may close this page: the rows are kept.${failed}`,
    }
  return {
    kind: 'waiting',
    title: `Waiting for ${counted(open, 'device')}`,
    text: `Rows appear here as they come.${failed}`,
  }
}
