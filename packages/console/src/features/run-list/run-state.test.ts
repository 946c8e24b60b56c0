import { expect, test } from 'vitest'
import { devicesFinished, runState } from './run-state.ts'

test('a run that goes on says so, whatever its result', () => {
  expect(runState({ status: 'pending', result: 'notAvailable' })).toEqual({ word: 'waiting', tone: 'busy' })
  expect(runState({ status: 'started', result: 'notAvailable' })).toEqual({ word: 'running', tone: 'busy' })
})

test('one that has ended is told by its result', () => {
  expect(runState({ status: 'finished', result: 'timedOut' })).toEqual({ word: 'timed out', tone: 'fair' })
  expect(runState({ status: 'finished', result: 'failed' })).toEqual({ word: 'failed', tone: 'bad' })
})

test('finished devices are those of all four ends', () => {
  const count = (total: number) => ({ total, withData: 0, withoutData: total })
  const endpointCounts = {
    total: 20,
    types: {},
    platforms: {},
    statuses: {
      pending: { total: 9, online: 4, offline: 5 },
      started: count(1),
      finished: { succeeded: count(4), failed: count(3), timedOut: count(2), canceled: count(1) },
    },
  }
  expect(devicesFinished({ endpointCounts })).toBe(10)
})
