import type { JournalState } from '@quarry/journals/store'
import type { Recording } from '@quarry/schema/agent/recording'
import type { Journal } from '@quarry/schema/define-journal'
import type { SensorStatus } from '@quarry/schema/events'

// What the contract takes (`Recording`): the recorder has no zod to ask.
const maxSentence = 500
const maxSentences = 20

/** Says how this device records, as the server is told. Times in seconds. */
export function describeRecording(
  stopped: string | undefined,
  sensors: readonly SensorStatus[],
  states: readonly JournalState[],
  journals: readonly Journal[],
): Recording {
  return {
    state: stopped === undefined ? 'recording' : 'stopped',
    ...(stopped !== undefined && { reason: cut(stopped) }),
    sensors: sensors.map(({ layer, source, limits, reasons, lost }) => ({
      layer,
      ...(source !== undefined && { source }),
      limits: limits.slice(0, maxSentences).map(cut),
      reasons: reasons.slice(0, maxSentences).map(cut),
      lost,
    })),
    journals: journals.map(({ subject, table }) => {
      const { firstTime, lastTime, events, bytes, lostEvents } = states.find(
        (state) => state.subject === subject,
      ) ?? { firstTime: undefined, lastTime: undefined, events: 0, bytes: 0, lostEvents: 0 }
      return {
        subject,
        table,
        ...(firstTime !== undefined && { firstTime: firstTime / 1000 }),
        ...(lastTime !== undefined && { lastTime: lastTime / 1000 }),
        events,
        bytes,
        lostEvents,
      }
    }),
  }
}

/** A status without a recorder: why there is none. */
export const noRecording = (state: 'stopped' | 'off', reason: string): Recording => ({
  state,
  reason: cut(reason),
  sensors: [],
  journals: [],
})

const cut = (sentence: string) =>
  sentence.length > maxSentence ? `${sentence.slice(0, maxSentence - 1)}…` : sentence
