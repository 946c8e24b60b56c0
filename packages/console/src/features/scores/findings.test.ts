import { expect, test } from 'vitest'
import { findingsOf } from './findings.ts'

test('reasons are read from a cell, and what is none is left out', () => {
  const cell = JSON.stringify([
    { code: 'owned', text: 'Belongs to wget.', package: 'wget', version: '1.25', note: null },
    { text: 'without a code' },
    'text',
  ])
  expect(findingsOf(cell)).toEqual([
    {
      code: 'owned',
      text: 'Belongs to wget.',
      facts: [
        ['package', 'wget'],
        ['version', '1.25'],
      ],
    },
  ])
  expect(findingsOf('[]')).toEqual([])
  for (const bad of ['{', '{}', '', null, 5]) expect(findingsOf(bad)).toBeUndefined()
})
