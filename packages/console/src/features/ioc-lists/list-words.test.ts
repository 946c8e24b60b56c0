import { expect, test } from 'vitest'
import { countWords, fitting } from './list-words.ts'

test('counts in words', () => {
  expect(countWords({ sha256: 1200, domain: 1, ipAddress: 2 })).toBe('1,200 SHA-256, 1 domain, 2 addresses')
  expect(countWords({})).toBeUndefined()
})

test('a variable takes the values of its kind, one without a kind takes all', () => {
  expect(fitting({ sha256: 3, domain: 1 }, 'sha256')).toBe(3)
  expect(fitting({ sha256: 3, domain: 1 }, 'url')).toBe(0)
  expect(fitting({ sha256: 3, domain: 1 }, undefined)).toBe(4)
})
