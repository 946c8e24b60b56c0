import { compileRegex } from '../regex/compile-regex.ts'
import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'regexp',
  signature: 'regexp(pattern, text), text REGEXP pattern',
  description: 'Tells whether a regular expression matches somewhere in a text.',
  parameters: ['text', 'text'],
  examples: [
    ["'/usr/bin/python3' REGEXP 'python[0-9]'", 1],
    ["'/usr/bin/perl' REGEXP 'python[0-9]'", 0],
    ["NULL REGEXP 'a'", null],
  ],
  run(pattern, text) {
    const regex = compileRegex(pattern)
    regex.lastIndex = 0
    return regex.test(text)
  },
})
