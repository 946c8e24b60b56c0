import { isUtf8 } from 'node:buffer'
import { defineFunction } from './define-function.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/

export default defineFunction({
  name: 'from_base64',
  signature: 'from_base64(text)',
  description:
    'Decodes base64 into text, or into a blob when the bytes are no UTF-8; an empty text when the argument is not base64.',
  parameters: ['text'],
  examples: [
    ["from_base64('Q1BVMA==')", 'CPU0'],
    ["hex(from_base64('AP8='))", '00FF'],
    ["from_base64('not base64')", ''],
    ['from_base64(NULL)', null],
  ],
  run(text) {
    const compact = text.replace(/\s+/g, '')
    // White space is allowed between lines of base64, not between words.
    if (!BASE64.test(compact) || / /.test(text.trim())) return ''
    const bytes = Buffer.from(compact, 'base64')
    return isUtf8(bytes) ? bytes.toString('utf8') : bytes
  },
})
