import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { hasTool, output } from '../testing/tools.ts'
import table from './routes.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows the routes of IPv4 and IPv6', () => {
  const common = { source: '', hopcount: 0, mtu: 0 }
  const rows = fixture.all('SELECT * FROM routes')
  expect(rows).toHaveLength(11)
  expect(rows.slice(0, 4)).toEqual([
    {
      ...common,
      destination: '0.0.0.0',
      netmask: 0,
      gateway: '192.0.2.1',
      flags: 3,
      interface: 'eth0',
      metric: 100,
      type: 'gateway',
    },
    {
      ...common,
      destination: '192.0.2.0',
      netmask: 24,
      gateway: '',
      flags: 1,
      interface: 'eth0',
      metric: 100,
      mtu: 1400,
      type: 'gateway',
    },
    {
      ...common,
      destination: '198.51.100.128',
      netmask: 25,
      gateway: '',
      flags: 1,
      interface: 'docker0',
      metric: 0,
      type: 'gateway',
    },
    {
      ...common,
      destination: '203.0.113.128',
      netmask: 25,
      gateway: '',
      flags: 513,
      interface: '',
      metric: 0,
      type: 'other',
    },
  ])
  expect(
    fixture.all("SELECT destination, gateway FROM routes WHERE netmask = 0 AND gateway LIKE '%:%'"),
  ).toEqual([{ destination: '::', gateway: '2001:db8::1' }])
})

test('finds routes by what they are for', () => {
  expect(fixture.all("SELECT destination FROM routes WHERE type = 'local'")).toEqual([
    { destination: '::1' },
    { destination: '2001:db8::10' },
  ])
  expect(fixture.all("SELECT destination, netmask FROM routes WHERE type = 'anycast'")).toEqual([
    { destination: '2001:db8::', netmask: 128 },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test.skipIf(!hasTool('ip'))('agrees with the ip tool about the main tables (skipped without it)', () => {
  type Listed = { dst: string; gateway?: string; dev?: string; metric?: number; type?: string }
  const listed = ['-4', '-6'].flatMap((family) =>
    (JSON.parse(output('ip', '-j', family, 'route')) as Listed[])
      .filter((route) => route.dev && (route.type ?? 'unicast') === 'unicast')
      .map(({ dst, gateway, dev, metric }) => {
        const any = family === '-4' ? '0.0.0.0/0' : '::/0'
        const [destination, bits = family === '-4' ? '32' : '128'] = (dst === 'default' ? any : dst).split(
          '/',
        )
        return {
          destination,
          netmask: Number(bits),
          gateway: gateway ?? '',
          interface: dev,
          metric: metric ?? 0,
        }
      }),
  )
  const rows = machine.all('SELECT destination, netmask, gateway, interface, metric FROM routes')
  expect(rows).toEqual(expect.arrayContaining(listed))
})
