import { createHash } from 'node:crypto'
import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'sha256',
  signature: 'sha256(value)',
  description: 'Gives the SHA-256 sum of a text (as UTF-8) or blob, in hex.',
  parameters: ['bytes'],
  examples: [
    ["sha256('abc')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ["sha256(x'616263')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['sha256(NULL)', null],
  ],
  run: (bytes) => createHash('sha256').update(bytes).digest('hex'),
})
