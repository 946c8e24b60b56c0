import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { allTables } from '../registry.ts'
import { emptyColumns } from '../testing/columns.ts'
import { hasTool, output } from '../testing/tools.ts'
import table from './listening_ports.ts'

const tables = await allTables()
const fixture = await openFixture(tables)
const machine = await openMachine(tables)
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows a server’s port with every process that holds it', () => {
  expect(fixture.all('SELECT * FROM listening_ports WHERE port = 443')).toEqual(
    [731, 733].map((pid) => ({
      pid,
      port: 443,
      protocol: 6,
      family: 2,
      address: '0.0.0.0',
      fd: 6,
      socket: 20431,
      path: '',
      net_namespace: '4026531840',
    })),
  )
})

test('knows what waits for others: no connections, no clients', () => {
  const rows = fixture.all(
    'SELECT DISTINCT protocol, port FROM listening_ports WHERE family <> 1 ORDER BY protocol, port',
  )
  expect(rows.map(({ protocol, port }) => `${protocol}/${port}`)).toEqual([
    '6/22',
    '6/443',
    '6/5432',
    '6/6379',
    '17/53',
    '17/5353',
    '255/1',
    '255/58',
  ])
  const paths = fixture.all('SELECT pid, path FROM listening_ports WHERE family = 1 ORDER BY socket')
  expect(paths).toEqual([
    { pid: 1, path: '/run/systemd/private' },
    { pid: -1, path: '/run/udev/control' },
    { pid: 1, path: '/run/systemd/notify' },
    { pid: 842, path: '/run/postgresql/.s.PGSQL.5432' },
    { pid: 1310, path: '@/tmp/.X11 unix/agent' },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('shows our own port, and no longer when it is closed', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const query = `SELECT pid, address, protocol FROM listening_ports WHERE port = ${port} AND pid = ${process.pid}`
  expect(machine.all(query)).toEqual([{ pid: process.pid, address: '127.0.0.1', protocol: 6 }])
  server.close()
  await once(server, 'close')
  expect(machine.all(query)).toEqual([])
})

test.skipIf(!hasTool('ss'))('agrees with ss about TCP (skipped without ss)', () => {
  const [own] = machine.all(`SELECT net_namespace FROM process_namespaces WHERE pid = ${process.pid}`)
  const query = `SELECT DISTINCT port FROM listening_ports WHERE protocol = 6 AND net_namespace = '${own?.net_namespace}'`
  const ports = () => machine.all(query).map((row) => Number(row.port))
  const before = ports()
  const listed = output('ss', '-Htln')
    .trim()
    .split('\n')
    .map((line) => Number(/:(\d+)\s/.exec(line)?.[1]))
  const after = ports()
  expect(before.filter((port) => after.includes(port) && !listed.includes(port))).toEqual([])
  expect(listed.filter((port) => !before.includes(port) && !after.includes(port))).toEqual([])
})
