import { expect, test } from 'vitest'
import { daysOf, stateOf } from './recording-words.ts'

const sensor = (source?: string) => ({
  layer: 'process' as const,
  limits: [],
  reasons: [],
  lost: 0,
  ...(source !== undefined && { source }),
})

test.each([
  ['recording', [sensor('bpf')], 'good', 'recording'],
  ['recording', [sensor('bpf'), sensor()], 'fair', 'recording, in part'],
  ['stopped', [], 'bad', 'recording has stopped'],
  ['off', [], 'quiet', 'recording is off'],
] as const)('%s with %j is %s', (state, sensors, tone, word) => {
  expect(stateOf({ state, sensors: [...sensors] })).toEqual({ tone, word })
})

test('days are what lies between the first and the last event', () => {
  const journal = { subject: 'Dns', table: 't', events: 1, bytes: 1, lostEvents: 0 }
  expect(daysOf({ ...journal, firstTime: 0, lastTime: 129_600 })).toBe(1.5)
  expect(daysOf({ ...journal, firstTime: 10, lastTime: 5 })).toBe(0)
  expect(daysOf(journal)).toBe(0)
})
