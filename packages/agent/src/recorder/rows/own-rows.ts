import type { Loss } from '@quarry/journals/store'
import type { SensorStatus } from '@quarry/schema/events'
import systemJournal from '@quarry/schema/journals/sophos_system_journal'
import type { Out } from './write-event.ts'

/**
 * Says in the journal that recording began, and how each layer is watched.
 * @param interrupted when the last event was kept, in milliseconds since 1970, if recording did not end by itself then
 */
export function writeBegin(
  out: Out,
  at: number,
  sensors: readonly SensorStatus[],
  interrupted: number | undefined,
): void {
  const sources = Object.fromEntries(sensors.map(({ layer, source }) => [layer, source ?? null]))
  const interrupted_since = interrupted === undefined ? undefined : Math.floor(interrupted / 1000)
  out.append(systemJournal, at, {
    event_type: 'recording_started',
    data: JSON.stringify({ sources, interrupted_since }),
  })
}

/** Says in the journal that recording ends, and why. */
export function writeEnd(out: Out, at: number, reason: string): void {
  out.append(systemJournal, at, { event_type: 'recording_ended', data: JSON.stringify({ reason }) })
}

/** Says in the journal that events were lost or shed. */
export function writeLoss(out: Out, at: number, { subject, events, reason }: Loss): void {
  const data = JSON.stringify({ subject, events, reason })
  out.append(systemJournal, at, { event_type: 'events_lost', data })
}
