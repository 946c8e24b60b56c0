import type { EndpointCounts, Run } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { announcement, counted, openDevices, progressParts, runState, waitingWords } from './run-words.ts'

const of = (withData: number, withoutData: number) => ({
  total: withData + withoutData,
  withData,
  withoutData,
})
const counts: EndpointCounts = {
  total: 28,
  types: {},
  platforms: {},
  statuses: {
    pending: { total: 3, online: 1, offline: 2 },
    started: of(1, 3),
    finished: { succeeded: of(5, 6), failed: of(1, 2), timedOut: of(0, 1), canceled: of(2, 4) },
  },
}
const run = (part: Partial<Run>) =>
  ({
    createdAt: '2026-11-24T04:00:00.000Z',
    finishedAt: '2026-11-24T04:00:00.900Z',
    status: 'finished',
    result: 'succeeded',
    endpointCounts: counts,
    ...part,
  }) as Run

test('the parts add up to the devices that were targeted', () => {
  const parts = progressParts(counts)
  expect(Object.fromEntries(parts.map(({ key, count }) => [key, count]))).toEqual({
    withData: 5,
    withoutData: 6,
    failed: 3,
    timedOut: 1,
    canceled: 6,
    running: 4,
    next: 1,
    offline: 2,
  })
  expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(counts.total)
  expect(openDevices(counts)).toBe(7)
})

test.each([
  [run({}), 'finished in 900 ms'],
  [run({ result: 'canceled', finishedAt: '2026-11-24T04:00:12.000Z' }), 'canceled after 12 s'],
  [run({ result: 'timedOut', finishedAt: '2026-11-24T04:05:00.000Z' }), 'timed out after 5 min 00 s'],
  [run({ status: 'started', result: 'notAvailable' }), 'running'],
])('tells the state of a run', (subject, words) => {
  expect(runState(subject)).toBe(words)
})

test('says until when a run waits', () => {
  const now = new Date(2026, 10, 24, 13, 0)
  expect(waitingWords(new Date(2026, 10, 24, 14, 5), now)).toBe('waiting until 14:05')
})

test('counts with the right noun', () => {
  expect(counted(1, 'device')).toBe('1 device')
  expect(counted(0, 'row')).toBe('0 rows')
  expect(counted(1_000_000, 'row')).toBe('1,000,000 rows')
})

test('tells progress to someone who hears the page', () => {
  expect(announcement(run({ status: 'started' }), 214)).toBe('Running. 21 of 28 devices done, 214 rows.')
  expect(announcement(run({}), 1)).toBe('Finished in 900 ms. 21 of 28 devices done, 1 row.')
})
