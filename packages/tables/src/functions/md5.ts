import { createHash } from 'node:crypto'
import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'md5',
  signature: 'md5(value)',
  description: 'Gives the MD5 sum of a text (as UTF-8) or blob, in hex.',
  parameters: ['bytes'],
  examples: [
    ["md5('abc')", '900150983cd24fb0d6963f7d28e17f72'],
    ["md5(x'616263')", '900150983cd24fb0d6963f7d28e17f72'],
    ['md5(NULL)', null],
  ],
  run: (bytes) => createHash('md5').update(bytes).digest('hex'),
})
