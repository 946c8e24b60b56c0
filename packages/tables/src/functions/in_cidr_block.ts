import { parseAddress } from '../addresses/parse-address.ts'
import { inBlock, parseBlock } from '../addresses/parse-block.ts'
import { defineFunction, FunctionError } from './define-function.ts'

export default defineFunction({
  name: 'in_cidr_block',
  signature: 'in_cidr_block(block, address)',
  description:
    'Tells whether an address lies in a block such as `10.0.0.0/8` or `fe80::/10`; 0 when the text is no address or of the other family.',
  parameters: ['text', 'text'],
  examples: [
    ["in_cidr_block('10.0.0.0/26', '10.0.0.24')", 1],
    ["in_cidr_block('10.0.0.0/26', '10.0.0.64')", 0],
    ["in_cidr_block('2001:db8::/48', '2001:db8:0:ffff:ffff:ffff:ffff:ffff')", 1],
    ["in_cidr_block('0.0.0.0/0', '::1')", 0],
    ["in_cidr_block('127.0.0.0/8', '')", 0],
    ["in_cidr_block('127.0.0.0/8', NULL)", null],
  ],
  run(text, address) {
    const block = parseBlock(text)
    if (!block)
      throw new FunctionError(`in_cidr_block(): “${text}” is not a block of addresses such as 10.0.0.0/8`)
    const bytes = parseAddress(address)
    return bytes !== undefined && inBlock(block, bytes)
  },
})
