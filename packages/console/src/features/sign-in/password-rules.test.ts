import { expect, test } from 'vitest'
import { passwordRules } from './password-rules.ts'

const met = (next: string, repeated = next) =>
  passwordRules(next, repeated, 'administrator', 'one time only').map((rule) => rule.met)

test('a long one typed twice meets every rule', () => {
  expect(met('correct horse battery')).toEqual([true, true, true, true])
})

test('nothing typed meets none', () => {
  expect(met('')).toEqual([false, false, false, false])
})

test('each rule fails alone', () => {
  expect(met('eleven char')).toEqual([false, true, true, true])
  expect(met('Administrator')).toEqual([true, false, true, true])
  expect(met('one time only')).toEqual([true, true, false, true])
  expect(met('correct horse battery', 'correct horse')).toEqual([true, true, true, false])
  expect(met('x'.repeat(257))[0]).toBe(false)
})
