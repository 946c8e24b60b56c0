import { expect, test } from 'vitest'
import { compileRegex } from './compile-regex.ts'

test.each([
  ['[[:alpha:]]+', '12ab', 'ab'],
  ['[^[:space:]]+', ' x y', 'x'],
  ['(?i)POWERSHELL', 'PowerShell.exe', 'PowerShell'],
  ['[a-c]{2,}', 'xabcx', 'abc'],
])('%s finds in %s', (pattern, text, found) => {
  const regex = compileRegex(pattern)
  regex.lastIndex = 0
  expect(regex.exec(text)?.[0]).toBe(found)
})

test('a pattern is compiled once', () => {
  expect(compileRegex('a+b')).toBe(compileRegex('a+b'))
})
