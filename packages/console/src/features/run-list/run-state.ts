import type { Run } from '@quarry/schema/endpoints/runs'
import type { Tone } from '../../components/state-mark.tsx'

const results = {
  succeeded: ['succeeded', 'good'],
  failed: ['failed', 'bad'],
  timedOut: ['timed out', 'fair'],
  canceled: ['cancelled', 'quiet'],
  notAvailable: ['finished', 'quiet'],
} as const satisfies Record<Run['result'], [string, Tone]>

/** State of a run as a word and a tone. */
export function runState(run: Pick<Run, 'status' | 'result'>): { word: string; tone: Tone } {
  if (run.status === 'pending') return { word: 'waiting', tone: 'busy' }
  if (run.status === 'started') return { word: 'running', tone: 'busy' }
  const [word, tone] = results[run.result]
  return { word, tone }
}

/** Devices of a run that have ended, in whatever way. */
export function devicesFinished(run: Pick<Run, 'endpointCounts'>): number {
  const { succeeded, failed, timedOut, canceled } = run.endpointCounts.statuses.finished
  return succeeded.total + failed.total + timedOut.total + canceled.total
}
