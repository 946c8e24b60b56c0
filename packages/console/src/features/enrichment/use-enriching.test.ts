import { expect, test } from 'vitest'
import { addEnriched, removeEnriched } from './enriched-column.ts'
import { withItems } from './use-enriching.ts'

test('answers are counted, and each reason without one is told once', () => {
  const item = { value: 'x', fields: {}, links: [], fromCache: false }
  const before = { asking: true, found: 1, notFound: 0, reasons: new Map([['Private.', 1]]) }
  const after = withItems(before, [
    { ...item, status: 'found' },
    { ...item, status: 'notFound' },
    { ...item, status: 'refused', explanation: 'Private.' },
    { ...item, status: 'failed', explanation: 'Time-out.' },
  ])
  expect(after).toMatchObject({ asking: true, found: 2, notFound: 1 })
  expect([...after.reasons]).toEqual([
    ['Private.', 2],
    ['Time-out.', 1],
  ])
})

test('a column is added once and taken out again', () => {
  const one = { column: 'a', type: 'ipAddress' as const, connectorId: '6f1f2c0e-93a4-4a7e-9d6b-2f6b0a8f4c11' }
  expect(addEnriched([one], one)).toEqual([one])
  expect(addEnriched(undefined, one)).toEqual([one])
  expect(removeEnriched([one], one)).toBeUndefined()
})
