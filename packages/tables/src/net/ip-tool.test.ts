import { networkInterfaces } from 'node:os'
import { expect, test } from 'vitest'
import { hasTool } from '../testing/tools.ts'
import { addressesByIpTool, parseIpAddresses } from './ip-tool.ts'

test('reads broadcast addresses and the other ends of links', () => {
  const json = JSON.stringify([
    {
      ifname: 'eth0',
      addr_info: [{ family: 'inet', local: '192.0.2.10', prefixlen: 24, broadcast: '192.0.2.255' }],
    },
    {
      ifname: 'tun0',
      addr_info: [{ family: 'inet', local: '198.51.100.1', address: '198.51.100.2', prefixlen: 32 }],
    },
    { ifname: 'down0', addr_info: [] },
    {},
  ])
  expect(parseIpAddresses(json)).toEqual([
    { interface: 'eth0', address: '192.0.2.10', prefix: 24, broadcast: '192.0.2.255', peer: '' },
    { interface: 'tun0', address: '198.51.100.1', prefix: 32, broadcast: '', peer: '198.51.100.2' },
  ])
})

test.skipIf(!hasTool('ip'))('finds what Node.js knows of this machine (skipped without the ip tool)', () => {
  const known = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  expect(known.length).toBeGreaterThan(0)
  expect(addressesByIpTool()?.map(({ address }) => address)).toEqual(
    expect.arrayContaining(known.map(({ address }) => address)),
  )
})
