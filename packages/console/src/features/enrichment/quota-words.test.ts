import { expect, test } from 'vitest'
import { fieldText } from './field-text.ts'
import { quotaWords } from './quota-words.ts'

const resetsAt = '2026-01-01T00:00:00.000Z'

test('a quota says what is left, and without one what was asked', () => {
  expect(quotaWords({ usedToday: 188, perDay: 1000, left: 812, resetsAt })).toBe('812 of 1,000 left today')
  expect(quotaWords({ usedToday: 3, resetsAt })).toBe('3 asked today')
  expect(quotaWords(undefined)).toBe('')
})

test('fields are written for people', () => {
  expect(fieldText('list', [22, 443])).toBe('22, 443')
  expect(fieldText('boolean', false)).toBe('no')
  expect(fieldText('time', '2025-11-01T00:00:00.000Z')).toBe('2025-11-01')
  expect(fieldText('integer', 1234567)).toBe('1,234,567')
  expect(fieldText('integer', 64500)).toBe('64500')
  expect(fieldText('text', 'Amsterdam')).toBe('Amsterdam')
})
