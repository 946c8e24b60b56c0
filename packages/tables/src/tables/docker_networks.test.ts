import { expect, test } from 'vitest'
import { network } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_networks.ts'

const { engine } = await openDocker(table)

test('shows networks with their first block of addresses', () => {
  expect(engine.all('SELECT * FROM docker_networks')).toEqual([
    {
      id: network,
      name: 'shop_default',
      driver: 'bridge',
      created: 1795161600,
      enable_ipv6: 1,
      subnet: '172.18.0.0/16',
      gateway: '172.18.0.1',
    },
    {
      id: '77'.repeat(32),
      name: 'none',
      driver: 'null',
      created: 1795161600,
      enable_ipv6: 0,
      subnet: '',
      gateway: '',
    },
  ])
})
