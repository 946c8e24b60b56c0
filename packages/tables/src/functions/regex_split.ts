import { compileRegex } from '../regex/compile-regex.ts'
import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'regex_split',
  signature: 'regex_split(text, pattern, index)',
  description:
    'Cuts a text wherever the regular expression matches, leaves out empty parts and gives the one at the index, counted from 0; NULL when there is none.',
  parameters: ['text', 'text', 'integer'],
  examples: [
    ["regex_split('a1b22c', '[0-9]+', 2)", 'c'],
    ["regex_split('500', '[1-5]', 0)", '00'],
    ["regex_split('abc', '[0-9]+', 1)", null],
  ],
  run(text, pattern, index) {
    const parts: string[] = []
    let from = 0
    for (const match of text.matchAll(compileRegex(pattern))) {
      if (match.index > from) parts.push(text.slice(from, match.index))
      from = match.index + match[0].length
    }
    if (from < text.length) parts.push(text.slice(from))
    return parts[index] ?? null
  },
})
