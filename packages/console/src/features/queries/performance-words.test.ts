import { expect, test } from 'vitest'
import { costWords, expectedBytes } from './performance-words.ts'

test('before the first run there is nothing to say', () => {
  const none = { score: 'notEvaluated', runs: 0 } as const
  expect(costWords(none)).toEqual({})
  expect(expectedBytes(none, 120)).toBeUndefined()
})

test('after it the means stand in units, and bytes grow with the devices', () => {
  const measured = {
    score: 'excellent',
    runs: 3,
    averageDataTransferredInBytes: 14_000,
    averageExecutionTimeInMillis: 412,
    averageCpuTimeInMillis: 1500,
  } as const
  expect(costWords(measured)).toEqual({ data: '14 kB', time: '412 ms', cpu: '1.5 s' })
  expect(expectedBytes(measured, 120)).toBe('1.7 MB')
})
