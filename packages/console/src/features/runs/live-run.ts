import type { ResultColumn, RunEvent } from '@quarry/schema/endpoints/run-results'
import type { Run, RunEndpoint } from '@quarry/schema/endpoints/runs'

/** What the stream of a run has told so far. */
export interface LiveRun {
  run?: Run
  /** When `run` came, by the clock of this browser: its remaining time counts from there. */
  runAt: number
  /** Rows stored so far. */
  rows: number
  columns: readonly ResultColumn[]
  /** Devices that changed since the list was read. */
  devices: ReadonlyMap<string, RunEndpoint>
  /** Rises when all that was read must be read again. */
  reread: number
  ended: boolean
}

export const NOTHING_YET: LiveRun = {
  runAt: 0,
  rows: 0,
  columns: [],
  devices: new Map(),
  reread: 0,
  ended: false,
}

/** Applies one event of the stream. After the end nothing changes any more. */
export function applyEvent(live: LiveRun, event: RunEvent, now: number): LiveRun {
  if (live.ended) return live
  switch (event.event) {
    case 'run':
      return { ...live, run: event.run, runAt: now, rows: Math.max(live.rows, event.run.resultCount) }
    case 'rows':
      return {
        ...live,
        rows: Math.max(live.rows, event.total),
        columns: event.columns.length > live.columns.length ? event.columns : live.columns,
      }
    case 'progress':
      return { ...live, rows: Math.max(live.rows, event.total) }
    case 'endpoints':
      return {
        ...live,
        devices: new Map([...live.devices, ...event.items.map((item) => [item.id, item] as const)]),
      }
    case 'reread':
      return { ...live, devices: new Map(), reread: live.reread + 1 }
    case 'end':
      return { ...live, ended: true }
  }
}
