import { expect, test } from 'vitest'
import { network, web } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_container_networks.ts'

const { engine } = await openDocker(table)

test('shows the addresses of a container', () => {
  expect(engine.all('SELECT * FROM docker_container_networks')).toEqual([
    {
      id: web,
      name: 'shop_default',
      network_id: network,
      endpoint_id: 'e0'.repeat(32),
      gateway: '172.18.0.1',
      ip_address: '172.18.0.2',
      ip_prefix_len: 16,
      ipv6_gateway: '2001:db8:12::1',
      ipv6_address: '2001:db8:12::2',
      ipv6_prefix_len: 64,
      mac_address: '02:42:ac:12:00:02',
    },
  ])
})
