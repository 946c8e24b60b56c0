import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'to_base64',
  signature: 'to_base64(value)',
  description: 'Encodes a text (as UTF-8) or blob in base64.',
  parameters: ['bytes'],
  examples: [
    ["to_base64('CPU0')", 'Q1BVMA=='],
    ["to_base64(x'00ff')", 'AP8='],
    ['to_base64(NULL)', null],
  ],
  run: (bytes) => Buffer.from(bytes).toString('base64'),
})
