import { createHash } from 'node:crypto'
import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'sha1',
  signature: 'sha1(value)',
  description: 'Gives the SHA-1 sum of a text (as UTF-8) or blob, in hex.',
  parameters: ['bytes'],
  examples: [
    ["sha1('abc')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ["sha1(x'616263')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha1(NULL)', null],
  ],
  run: (bytes) => createHash('sha1').update(bytes).digest('hex'),
})
