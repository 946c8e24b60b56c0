import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { hasTool, output } from '../testing/tools.ts'
import table from './arp_cache.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows neighbours: learnt, set by hand, and silent', () => {
  expect(fixture.all('SELECT * FROM arp_cache')).toEqual([
    { address: '192.0.2.1', mac: '02:00:5e:00:53:01', interface: 'eth0', permanent: '0' },
    { address: '192.0.2.20', mac: '02:00:5e:00:53:14', interface: 'eth0', permanent: '1' },
    { address: '192.0.2.77', mac: '00:00:00:00:00:00', interface: 'eth0', permanent: '0' },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test.skipIf(!hasTool('ip'))('agrees with the ip tool (skipped without it)', () => {
  const neighbours = JSON.parse(output('ip', '-j', '-4', 'neigh')) as {
    dst: string
    lladdr?: string
    dev: string
    state: string[]
  }[]
  const known = neighbours.filter((one) => one.lladdr && !one.state.includes('NOARP'))
  const rows = machine.all('SELECT address, mac, interface FROM arp_cache')
  expect(rows).toEqual(
    expect.arrayContaining(
      known.map(({ dst, lladdr, dev }) => ({ address: dst, mac: lladdr, interface: dev })),
    ),
  )
})
