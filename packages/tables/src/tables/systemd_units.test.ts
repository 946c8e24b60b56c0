import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot, putFile } from '../testing/root-folder.ts'
import { type StubUnit, startBus, startSystemd } from '../testing/systemd-stub.ts'
import { hasTool, output } from '../testing/tools.ts'
import table from './systemd_units.ts'

const path = (id: string) =>
  `/org/freedesktop/systemd1/unit/${id.replace(/\W/g, (one) => `_${Buffer.from(one).toString('hex')}`)}`
const units: StubUnit[] = [
  {
    listed: [
      'ssh.service',
      'Sicherer Zugang – über SSH',
      'loaded',
      'activating',
      'start',
      'a.device',
      path('ssh.service'),
      4_000_000_000,
      'start',
      '/org/freedesktop/systemd1/job/4000000000',
    ],
    properties: {
      'org.freedesktop.systemd1.Unit UnitFileState': 'enabled',
      'org.freedesktop.systemd1.Unit FragmentPath': '/lib/systemd/system/ssh.service',
      'org.freedesktop.systemd1.Unit SourcePath': '/etc/init.d/ssh',
      'org.freedesktop.systemd1.Service User': 'sshd',
    },
  },
  ...Array.from({ length: 100 }, (_, index) => ({
    listed: [
      `d${index}.device`,
      `Device ${index}`,
      'loaded',
      'active',
      'plugged',
      '',
      path(`d${index}.device`),
      0,
      '',
      '/',
    ],
    properties: { 'org.freedesktop.systemd1.Unit FragmentPath': `/run/d${index}` },
  })),
]
const ssh = {
  id: 'ssh.service',
  description: 'Sicherer Zugang – über SSH',
  load_state: 'loaded',
  active_state: 'activating',
  sub_state: 'start',
  unit_file_state: 'enabled',
  following: 'a.device',
  object_path: '/org/freedesktop/systemd1/unit/ssh_2eservice',
  job_id: 4_000_000_000,
  job_type: 'start',
  job_path: '/org/freedesktop/systemd1/job/4000000000',
  fragment_path: '/lib/systemd/system/ssh.service',
  user: 'sshd',
  source_path: '/etc/init.d/ssh',
}

async function openAt(socket: string, withBus: boolean) {
  const engine = await openRoot([table], {})
  const started = withBus ? [await startBus(join(engine.root, socket))] : []
  started.unshift(await startSystemd(units, join(engine.root, socket), withBus))
  afterAll(async () => {
    for (const one of started) await one[Symbol.asyncDispose]()
    engine.close()
  })
  return engine
}

describe('at systemd’s own socket', async () => {
  const engine = await openAt('/run/systemd/private', false)

  test('shows units with their properties', () => {
    expect(engine.all("SELECT * FROM systemd_units WHERE id = 'ssh.service'")).toEqual([ssh])
    expect(engine.all('SELECT * FROM systemd_units')).toHaveLength(101)
    expect(emptyColumns(engine, table)).toEqual([])
    expect(engine.lastWarnings).toEqual([])
  })

  test('keeps the properties of many units apart', () => {
    const rows = engine.all("SELECT id, fragment_path, user FROM systemd_units WHERE id LIKE 'd%'")
    expect(rows).toEqual(
      Array.from({ length: 100 }, (_, index) => ({
        id: `d${index}.device`,
        fragment_path: `/run/d${index}`,
        user: '',
      })),
    )
  })
})

const usable = hasTool('dbus-daemon')
describe.skipIf(!usable)('on a real bus (skipped without dbus-daemon)', async () => {
  const socket = '/run/dbus/system_bus_socket'
  const engine = usable ? await openAt(socket, true) : undefined

  test('finds systemd by its name', () => {
    expect(engine!.all("SELECT * FROM systemd_units WHERE id = 'ssh.service'")).toEqual([ssh])
    expect(engine!.all("SELECT count(*) AS n FROM systemd_units WHERE fragment_path LIKE '/run/d%'")).toEqual(
      [{ n: 100 }],
    )
    expect(engine!.lastWarnings).toEqual([])
  })

  test.skipIf(!hasTool('busctl'))('agrees with busctl (skipped without it)', () => {
    const manager = 'org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager'
    const address = `--address=unix:path=${join(engine!.root, socket)}`
    const told = output('busctl', address, '--json=short', 'call', ...manager.split(' '), 'ListUnits')
    const rows = engine!.all(
      'SELECT id, description, load_state, active_state, sub_state, following, object_path, job_id, job_type, job_path FROM systemd_units',
    )
    expect(rows.map(Object.values)).toEqual(JSON.parse(told).data[0])
  })
})

const live = hasTool('systemctl') && openable()
function openable() {
  try {
    return output('systemctl', 'list-units', '--all', '--plain', '--no-legend', '--full')
  } catch {
    return undefined
  }
}
test.skipIf(!live)('agrees with systemctl on this machine (skipped without systemd)', async () => {
  const { openMachine } = await import('../fixture.ts')
  const engine = await openMachine([table])
  const names = engine.all('SELECT id FROM systemd_units').map((row) => row.id)
  engine.close()
  const told = String(live)
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0])
  // Units come and go meanwhile.
  expect(told.filter((name) => !names.includes(name)).length).toBeLessThan(5)
})

test('a machine without systemd has none, and says so', async () => {
  const engine = await openRoot([table], {})
  expect(engine.all('SELECT * FROM systemd_units')).toEqual([])
  expect(engine.lastWarnings).toEqual([
    {
      code: 'table_unavailable',
      message: 'systemd does not run on this device; the table systemd_units is empty.',
    },
  ])
  putFile(engine.root, '/run/systemd/private', 'no socket')
  expect(engine.all('SELECT * FROM systemd_units')).toEqual([])
  expect(engine.lastWarnings.map(({ message }) => message)).toEqual([
    'systemd gave no answer, and its units are left out: not a socket.',
  ])
  engine.close()
})
