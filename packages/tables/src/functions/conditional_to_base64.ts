import { isAscii } from 'node:buffer'
import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'conditional_to_base64',
  signature: 'conditional_to_base64(value)',
  description: 'Encodes a text or blob in base64 only if it holds something else than ASCII.',
  parameters: ['bytes'],
  examples: [
    ["conditional_to_base64('CPU0')", 'CPU0'],
    ["conditional_to_base64('ü')", 'w7w='],
    ['conditional_to_base64(NULL)', null],
  ],
  run: (bytes) => Buffer.from(bytes).toString(isAscii(bytes) ? 'latin1' : 'base64'),
})
