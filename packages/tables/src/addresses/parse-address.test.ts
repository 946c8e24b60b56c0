import { expect, test } from 'vitest'
import { communityId } from './community-id.ts'
import { parseAddress } from './parse-address.ts'
import { inBlock, parseBlock } from './parse-block.ts'

const hex = (text: string) => {
  const bytes = parseAddress(text)
  return bytes && Buffer.from(bytes).toString('hex')
}

test.each([
  ['10.0.0.5', '0a000005'],
  ['::', '0'.repeat(32)],
  ['::1', `${'0'.repeat(31)}1`],
  ['2001:db8::8:800:200c:417a', '20010db80000000000080800200c417a'],
  ['::ffff:127.0.0.1', '00000000000000000000ffff7f000001'],
  ['fe80::1%eth0', 'fe800000000000000000000000000001'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['', undefined],
  ['10.0.0', undefined],
  ['10.0.0.256', undefined],
  ['1::2::3', undefined],
  ['localhost', undefined],
])('address %s', (text, bytes) => {
  expect(hex(text)).toBe(bytes)
})

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.0.0.77/26', '10.0.0.64', true],
  ['0.0.0.0/0', '203.0.113.9', true],
  ['203.0.113.9/32', '203.0.113.9', true],
  ['fe80::/10', 'febf::1', true],
  ['fe80::/10', 'fec0::1', false],
  ['::ffff:127.0.0.0/104', '::ffff:127.9.9.9', true],
  ['127.0.0.0/8', '::ffff:127.0.0.1', false],
])('block %s and %s', (block, address, inside) => {
  expect(inBlock(parseBlock(block)!, parseAddress(address)!)).toBe(inside)
})

test.each(['10.0.0.0', '10.0.0.0/33', '::/129', 'x/8', '10.0.0.0/', '10.0.0.0/-1'])(
  'no block: %s',
  (text) => {
    expect(parseBlock(text)).toBeUndefined()
  },
)

test('a flow has the same Community ID in both directions, and none without addresses', () => {
  const flow = {
    source: '10.0.0.1',
    destination: '10.0.0.2',
    sourcePort: 1234,
    destinationPort: 80,
    protocol: 6,
    seed: 0,
  }
  const back = { ...flow, source: '10.0.0.2', destination: '10.0.0.1', sourcePort: 80, destinationPort: 1234 }
  expect(communityId(flow)).toMatch(/^1:[A-Za-z0-9+/]{27}=$/)
  expect(communityId(back)).toBe(communityId(flow))
  const ping = { ...flow, protocol: 1, sourcePort: 8, destinationPort: 0 }
  const pong = { ...back, protocol: 1, sourcePort: 0, destinationPort: 0 }
  expect(communityId(pong)).toBe(communityId(ping))
  expect(communityId({ ...flow, source: '' })).toBeUndefined()
  expect(communityId({ ...flow, sourcePort: 70000 })).toBeUndefined()
})
