import { expect, test } from 'vitest'
import { mutated, seeded } from '../testing/seeded.ts'
import { parsePacket } from './parse-packet.ts'

const ipv4Tcp = Buffer.from(
  '4500002f000040004006000005060708090a0b0c' +
    '1f90005000000001000000005018ffff00000000' +
    '68656c6c6f2121' +
    '0000',
  'hex',
)
const ipv6Udp = Buffer.from(
  '60000000000d1140' +
    '20010db8000000000000000000000001' +
    '00000000000000000000ffff7f000001' +
    '00350bb8000d0000' +
    '68656c6c6f',
  'hex',
)

test('reads IPv4 and TCP, without the padding', () => {
  expect(parsePacket(ipv4Tcp)).toMatchObject({
    ...{
      protocol: 6,
      source: '5.6.7.8',
      sourcePort: 8080,
      destination: '9.10.11.12',
      destinationPort: 80,
      sequence: 1,
    },
    payload: Buffer.from('hello!!'),
  })
})

test('reads IPv6 and UDP', () => {
  expect(parsePacket(ipv6Udp)).toMatchObject({
    ...{
      protocol: 17,
      source: '2001:db8::1',
      sourcePort: 53,
      destination: '127.0.0.1',
      destinationPort: 3000,
    },
    payload: Buffer.from('hello'),
  })
})

test('never fails on broken bytes', () => {
  const random = seeded(5)
  for (const sample of [ipv4Tcp, ipv6Udp]) {
    for (let round = 0; round < 3000; round += 1) {
      const bytes = mutated(sample, random)
      expect(parsePacket(bytes)?.payload.length ?? 0).toBeLessThanOrEqual(bytes.length)
    }
  }
})
