import { expect, test } from 'vitest'
import { bandOf, unknownSentence } from './score.ts'

test.each([
  ['reputation', 0, 'malware'],
  ['reputation', 19, 'malware'],
  ['reputation', 20, 'PUA'],
  ['reputation', 29, 'PUA'],
  ['reputation', 30, 'unproven'],
  ['reputation', 69, 'unproven'],
  ['reputation', 70, 'good'],
  ['reputation', 100, 'good'],
  ['malware', 0, 'low'],
  ['malware', 23, 'low'],
  ['malware', 24, 'medium'],
  ['malware', 26, 'medium'],
  ['malware', 27, 'high'],
  ['malware', 100, 'high'],
  ['pua', 20, 'low'],
  ['pua', 21, 'suspect'],
] as const)('by %s, %d is %s', (scale, score, word) => {
  expect(bandOf(scale, score)?.word).toBe(word)
})

test.each([-1, 101, Number.NaN])('%d falls into no band', (score) => {
  expect(bandOf('reputation', score)).toBeUndefined()
})

test('the same number is good by one scale and bad by another', () => {
  expect(bandOf('reputation', 90)?.level).toBe('good')
  expect(bandOf('malware', 90)?.level).toBe('worst')
})

test('says what −1 means, and what a rank is not', () => {
  expect(unknownSentence('malware')).toBe('Not scored: only Windows programs are.')
  expect(bandOf('malware', 90)?.sentence).toContain('not a probability')
})
