import { expect, test } from 'vitest'
import { describeColumns } from './result-columns.ts'
import { scaleOf } from './scale-of.ts'

test.each([
  [{ name: 'rep', origin: 'sophos_process_properties.local_rep' }, 'reputation'],
  [{ name: 'c', origin: 'sophos_file_properties.ml_score' }, 'malware'],
  [{ name: 'pua_score' }, 'pua'],
  [{ name: 'globalRep' }, 'reputation'],
  [{ name: 'ml_score', origin: 'other.size' }, undefined],
  [{ name: 'toString' }, undefined],
] as const)('%j is read by the scale %s', (column, scale) => {
  expect(scaleOf({ type: 'integer', ...column })).toBe(scale)
})

test('text is no score, and what a query says of a column comes first', () => {
  expect(scaleOf({ name: 'ml_score', type: 'text' })).toBeUndefined()
  const columns = describeColumns(
    [
      { key: 'c0', name: 'ml_score', type: 'integer' },
      { key: 'c1', name: 'pua_score', type: 'integer' },
    ],
    {
      declared: { ml_score: { scale: 'pua' } },
      origins: new Map(),
      sample: [],
    },
  )
  expect(columns.map(({ scale }) => scale)).toEqual([undefined, 'pua', 'pua'])
})
