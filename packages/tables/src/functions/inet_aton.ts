import { parseAddress } from '../addresses/parse-address.ts'
import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'inet_aton',
  signature: 'inet_aton(address)',
  description: 'Gives an IPv4 address as a whole number; NULL when the text is none.',
  parameters: ['text'],
  examples: [
    ["inet_aton('1.0.1.5')", 16777477],
    ["inet_aton('255.255.255.255')", 4294967295],
    ["inet_aton('::1')", null],
    ["inet_aton('300.1.1.1')", null],
  ],
  run(text) {
    const address = parseAddress(text)
    return address?.length === 4 ? Buffer.from(address).readUInt32BE(0) : null
  },
})
