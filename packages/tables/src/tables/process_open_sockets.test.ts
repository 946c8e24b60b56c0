import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { allTables } from '../registry.ts'
import { emptyColumns } from '../testing/columns.ts'
import { hasTool, isRoot, mayUnshare, output, start } from '../testing/tools.ts'
import table from './process_open_sockets.ts'

const tables = await allTables()
const fixture = await openFixture(tables)
const machine = await openMachine(tables)
afterAll(() => {
  fixture.close()
  machine.close()
})

const portOf = (server: Server) => (server.address() as { port: number }).port

async function connection(address: string): Promise<AsyncDisposable & { port: number; remotePort: number }> {
  const server = createServer().listen(0, address)
  await once(server, 'listening')
  const client = connect(portOf(server), address)
  const [[accepted]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
    [Socket],
    unknown,
  ]
  return {
    port: portOf(server),
    remotePort: client.localPort!,
    async [Symbol.asyncDispose]() {
      client.destroy()
      accepted.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

test('shows the connections of the web server, IPv4, IPv6 and IPv4 within IPv6', () => {
  expect(
    fixture.all('SELECT * FROM process_open_sockets WHERE pid = 733 AND remote_port > 10000 ORDER BY fd'),
  ).toEqual([
    {
      pid: 733,
      fd: 9,
      socket: 48213,
      family: 2,
      protocol: 6,
      local_address: '192.0.2.10',
      remote_address: '203.0.113.9',
      local_port: 443,
      remote_port: 51522,
      path: '',
      state: 'ESTABLISHED',
      net_namespace: '4026531840',
    },
    expect.objectContaining({
      fd: 10,
      family: 10,
      local_address: '2001:db8::10',
      remote_address: '2001:db8:0:7::99',
    }),
    expect.objectContaining({
      fd: 11,
      family: 10,
      remote_address: '::ffff:203.0.113.77',
      remote_port: 33210,
    }),
  ])
})

test('shows UDP, raw and unix sockets, which have no TCP state', () => {
  const rows = fixture.all(
    "SELECT fd, family, protocol, remote_address, path, state FROM process_open_sockets WHERE pid = 1310 AND state = ''",
  )
  expect(rows).toEqual([
    { fd: 4, family: 2, protocol: 17, remote_address: '198.51.100.53', path: '', state: '' },
    { fd: 5, family: 2, protocol: 255, remote_address: '0.0.0.0', path: '', state: '' },
    { fd: 6, family: 1, protocol: 0, remote_address: '', path: '@/tmp/.X11 unix/agent', state: '' },
  ])
})

test('shows the sockets of a container in its own network namespace', () => {
  const rows = fixture.all(
    "SELECT pid, remote_address FROM process_open_sockets WHERE net_namespace = '4026532401' AND remote_port > 0",
  )
  expect(rows).toEqual([{ pid: 1502, remote_address: '198.51.100.131' }])
})

test('a socket that processes share comes for each, one that nobody holds with pid −1', () => {
  expect(fixture.all('SELECT pid, fd FROM process_open_sockets WHERE socket = 20431')).toEqual([
    { pid: 731, fd: 6 },
    { pid: 733, fd: 6 },
  ])
  const unheld = 'SELECT pid, fd, state FROM process_open_sockets WHERE family = 2 AND pid = -1'
  expect(fixture.all(unheld)).toEqual([{ pid: -1, fd: -1, state: 'TIME_WAIT' }])
  expect(fixture.all(unheld.replace('pid = -1', 'pid < 0'))).toEqual(fixture.all(unheld))
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test.each(['127.0.0.1', '::1'])('sees both ends of our own connection over %s', async (address) => {
  await using ends = await connection(address)
  const rows = machine.all(
    `SELECT local_port, remote_port, state, local_address, remote_address, protocol, family
     FROM process_open_sockets WHERE pid = ${process.pid} AND ${ends.port} IN (local_port, remote_port) ORDER BY state, local_port = ${ends.port}`,
  )
  const common = { protocol: 6, family: address === '::1' ? 10 : 2, local_address: address }
  expect(rows).toEqual([
    {
      ...common,
      local_port: ends.remotePort,
      remote_port: ends.port,
      state: 'ESTABLISHED',
      remote_address: address,
    },
    {
      ...common,
      local_port: ends.port,
      remote_port: ends.remotePort,
      state: 'ESTABLISHED',
      remote_address: address,
    },
    {
      ...common,
      local_port: ends.port,
      remote_port: 0,
      state: 'LISTEN',
      remote_address: address === '::1' ? '::' : '0.0.0.0',
    },
  ])
})

test('sees our own UDP and unix sockets', async () => {
  const udp = createSocket('udp6').bind(0, '::1')
  await once(udp, 'listening')
  const path = join(tmpdir(), `quarry test ${process.pid}.sock`)
  const server = createServer().listen(path)
  await once(server, 'listening')
  try {
    const rows = machine.all(
      `SELECT family, protocol, local_address, local_port, path FROM process_open_sockets
       WHERE pid = ${process.pid} AND (path = '${path}' OR (protocol = 17 AND local_port = ${udp.address().port})) ORDER BY family`,
    )
    expect(rows).toEqual([
      { family: 1, protocol: 0, local_address: '', local_port: 0, path },
      { family: 10, protocol: 17, local_address: '::1', local_port: udp.address().port, path: '' },
    ])
  } finally {
    udp.close()
    server.close()
  }
})

test.skipIf(!isRoot || !hasTool('python3'))(
  'sees raw sockets (skipped without root or python3)',
  async () => {
    const code = `import socket,sys
a = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1); b = socket.socket(socket.AF_INET6, socket.SOCK_RAW, 58)
print('ready', flush=True); sys.stdin.read()`
    await using holder = await start('python3', ['-c', code])
    const rows = machine.all(
      `SELECT family, protocol, local_address, local_port FROM process_open_sockets WHERE pid = ${holder.pid} AND protocol = 255`,
    )
    expect(rows).toEqual([
      { family: 2, protocol: 255, local_address: '0.0.0.0', local_port: 1 },
      { family: 10, protocol: 255, local_address: '::', local_port: 58 },
    ])
  },
)

test.skipIf(!mayUnshare())(
  'sees a socket inside another network namespace (skipped where none can be made)',
  async () => {
    const code =
      "require('node:net').createServer().listen(0, '0.0.0.0', function () { console.log(this.address().port) }); process.stdin.resume()"
    await using inside = await start('unshare', ['-n', process.execPath, '-e', code])
    const [own] = machine.all(`SELECT net_namespace FROM process_namespaces WHERE pid = ${process.pid}`)
    const query = `SELECT pid, local_port, state, net_namespace FROM process_open_sockets WHERE protocol = 6 AND pid = ${inside.pid}`
    const rows = machine.all(query)
    expect(rows).toEqual([
      {
        pid: inside.pid,
        local_port: Number(inside.line),
        state: 'LISTEN',
        net_namespace: expect.stringMatching(/^\d+$/),
      },
    ])
    expect(rows[0]?.net_namespace).not.toBe(own?.net_namespace)
    const everywhere = query.replace(
      `pid = ${inside.pid}`,
      `local_port = ${inside.line} AND net_namespace <> '${own?.net_namespace}'`,
    )
    expect(machine.all(everywhere)).toEqual(rows)
  },
)

test.skipIf(!hasTool('ss'))('agrees with ss about TCP and UDP (skipped without ss)', async () => {
  await using _four = await connection('127.0.0.1')
  await using _six = await connection('::1')
  const [own] = machine.all(`SELECT net_namespace FROM process_namespaces WHERE pid = ${process.pid}`)
  const query = `SELECT DISTINCT iif(protocol = 6, 'tcp', 'udp') || ' ' || local_address || ' ' || local_port || ' ' || remote_address || ' ' || remote_port || ' ' || pid AS line
    FROM process_open_sockets WHERE protocol IN (6, 17) AND socket > 0 AND net_namespace = '${own?.net_namespace}'`
  const lines = () => machine.all(query).map((row) => String(row.line))
  const before = lines()
  const listed = output('ss', '-Htunap').trim().split('\n').flatMap(ssLines)
  const after = new Set(lines())
  const steady = before.filter((line) => after.has(line))
  expect(steady.filter((line) => line.endsWith(` ${process.pid}`)).length).toBeGreaterThanOrEqual(6)
  // What stood before and after is in the list made between, and what is in it stood before or after.
  expect(steady.filter((line) => !listed.includes(line))).toEqual([])
  const held = listed.filter((line) => !line.endsWith(' -1'))
  expect(held.filter((line) => !before.includes(line) && !after.has(line))).toEqual([])
})

/** One line for each process of a line of `ss -Htunap`, in our own form. */
function ssLines(line: string): string[] {
  const [protocol, , , , local, remote] = line.split(/\s+/)
  const end = (text: string) => {
    const [, address = '', port = ''] = /^(.*):([^:]+)$/.exec(text) ?? []
    const bare = address.replace(/^\[|\]$/g, '').replace(/%\w+/, '')
    const any = local?.startsWith('[') || local?.startsWith('*') ? '::' : '0.0.0.0'
    return `${bare === '*' ? any : bare} ${port === '*' ? 0 : port}`
  }
  const pids = [...line.matchAll(/pid=(\d+)/g)].map((found) => found[1])
  return (pids.length > 0 ? pids : ['-1']).map((pid) => `${protocol} ${end(local!)} ${end(remote!)} ${pid}`)
}
