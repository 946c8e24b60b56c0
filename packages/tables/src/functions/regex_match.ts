import { compileRegex } from '../regex/compile-regex.ts'
import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'regex_match',
  signature: 'regex_match(text, pattern, index)',
  description:
    'Gives a part of the first match of a regular expression: the whole match for index 0, then its groups; NULL when nothing matches or there is no such group.',
  parameters: ['text', 'text', 'integer'],
  examples: [
    ["regex_match('hello world. Goodbye', '(\\w+) \\w+', 0)", 'hello world'],
    ["regex_match('hello world. Goodbye', '(\\w+) \\w+', 1)", 'hello'],
    ["regex_match('ab12', '[[:digit:]]+', 0)", '12'],
    ["regex_match('hello', '[0-9]', 0)", null],
    ["regex_match('hello', 'h', 1)", null],
  ],
  run(text, pattern, index) {
    const regex = compileRegex(pattern)
    regex.lastIndex = 0
    return regex.exec(text)?.[index] ?? null
  },
})
