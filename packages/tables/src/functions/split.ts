import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'split',
  signature: 'split(text, separators, index)',
  description:
    'Cuts a text at each of the separator characters, leaves out empty parts and gives the one at the index, counted from 0; NULL when there is none.',
  parameters: ['text', 'text', 'integer'],
  examples: [
    ["split('a,b;c', ',;', 1)", 'b'],
    ["split('/usr//bin', '/', 1)", 'bin'],
    ["split('a,b', ',', 2)", null],
    ['split(1001, 1, 0)', '00'],
    ["split(NULL, ',', 0)", null],
  ],
  run(text, separators, index) {
    const cut = new Set(separators)
    const parts: string[] = ['']
    for (const character of text) {
      if (!cut.has(character)) parts[parts.length - 1] += character
      else if (parts.at(-1) !== '') parts.push('')
    }
    return (parts.at(-1) === '' ? parts.slice(0, -1) : parts)[index] ?? null
  },
})
