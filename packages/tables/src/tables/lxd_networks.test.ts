import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openLxd } from '../testing/open-lxd.ts'
import table from './lxd_networks.ts'

const { engine, stub } = await openLxd(table)

test('shows networks with their counters', () => {
  expect(engine.all('SELECT * FROM lxd_networks')).toMatchObject([
    {
      name: 'lxdbr0',
      type: 'bridge',
      managed: 1,
      ipv4_address: '10.66.0.1/24',
      ipv6_address: 'fd42::1/64',
      used_by: '/1.0/instances/web,/1.0/profiles/default',
      bytes_received: 11,
      bytes_sent: 12,
      packets_received: 3,
      packets_sent: 4,
      hwaddr: '00:16:3e:c7:1f:55',
      state: 'up',
      mtu: 1500,
    },
    { name: 'eth0', managed: 0, ipv4_address: '', ipv6_address: '', used_by: '', state: 'down', mtu: 9000 },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})

test('asks for states only where a column needs them', async () => {
  const before = (await stub.asked()).length
  engine.all('SELECT name, used_by FROM lxd_networks')
  expect((await stub.asked()).slice(before)).toEqual(['GET /1.0/networks?recursion=1'])
})
