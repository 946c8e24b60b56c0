import { expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

test.each([
  ['plain /usr/bin text', 'plain /usr/bin text'],
  ['a\nb\tc', 'a↵b⇥c'],
  ['photo\u202egpj.exe', 'photo⟨U+202E⟩gpj.exe'],
  ['bell\u0007', 'bell⟨U+0007⟩'],
  ['zero\u200bwidth', 'zero⟨U+200B⟩width'],
  ['naïve 日本 🙂', 'naïve 日本 🙂'],
])('%j is drawn as %j', (text, drawn) => {
  expect(visibleText(text)).toBe(drawn)
})

test('cuts what no cell can show', () => {
  expect(visibleText('x'.repeat(5000))).toHaveLength(601)
  expect(visibleText('abcdef', 3)).toBe('abc…')
})
