import { connectDbus, type Dbus, type DbusCall } from '../dbus/connect.ts'
import type { DbusValue, Variant } from '../dbus/wire.ts'
import { column, defineTable, type Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { errorCode } from '../host/system-error.ts'

/** systemd's own socket, which root alone may use, then that of the system's bus. */
const sockets = [
  { socket: '/run/systemd/private', bus: false },
  { socket: '/run/dbus/system_bus_socket', bus: true },
]
const name = 'org.freedesktop.systemd1'
const manager = { destination: name, path: '/org/freedesktop/systemd1', interface: `${name}.Manager` }
/** Properties that the list of units has not. `User` belongs to what runs programs. */
const properties = [
  { column: 'unit_file_state', property: 'UnitFileState', from: () => 'Unit' },
  { column: 'fragment_path', property: 'FragmentPath', from: () => 'Unit' },
  { column: 'user', property: 'User', from: runs },
  { column: 'source_path', property: 'SourcePath', from: () => 'Unit' },
] as const
type Asked = (typeof properties)[number]

/** The interface of a unit that runs programs; undefined for another. */
function runs(id: string): string | undefined {
  const [, kind] = /\.(service|socket|mount|swap)$/.exec(id) ?? []
  return kind && kind[0]!.toUpperCase() + kind.slice(1)
}

export default defineTable({
  name: 'systemd_units',
  description:
    'Units that systemd has loaded, as `systemctl list-units --all` shows them. They are asked for over D-Bus; without systemd the table is empty.',
  platforms: ['linux'],
  columns: {
    id: column.text('Name of the unit, such as ssh.service.', { index: true }),
    description: column.text('What the unit is, in words.'),
    load_state: column.text('Whether its file was read: loaded, not-found, bad-setting, error or masked.'),
    active_state: column.text(
      'Whether it is active: active, reloading, inactive, failed, activating or deactivating.',
    ),
    sub_state: column.text('State in the words of its kind, such as running, exited or listening.'),
    unit_file_state: column.text(
      'Whether it starts by itself, such as enabled, disabled or static; empty without a file.',
    ),
    following: column.text('Unit whose state it follows; empty for none.'),
    object_path: column.text('Path of the unit on D-Bus.'),
    job_id: column.bigint('Id of the job that waits for the unit; 0 for none.'),
    job_type: column.text('Kind of that job, such as start; empty for none.'),
    job_path: column.text('Path of that job on D-Bus; `/` for none.'),
    fragment_path: column.text('File that the unit is read from; empty for none.', { pivotType: 'filePath' }),
    user: column.text('User that the unit runs as, where its file names one; else empty.', {
      pivotType: 'username',
    }),
    source_path: column.text('File that the unit was made from; empty for none.', { pivotType: 'filePath' }),
  },
  examples: [
    "SELECT id, description, active_state FROM systemd_units WHERE active_state = 'failed'",
    "SELECT id, fragment_path, user FROM systemd_units WHERE id LIKE '%.service' AND sub_state = 'running'",
  ],
  estimatedRows: 300,

  *rows(host, scan) {
    const ids = scan.texts('id')
    const asked = properties.filter(({ column: own }) => scan.uses(own))
    for (const [unit, ...more] of scan.once(`${ids?.join()} ${asked.map((one) => one.column)}`, () =>
      unitsOf(host, scan, ids, asked),
    )) {
      const [id, description, load_state, active_state, sub_state, following, object_path] = unit as string[]
      const [, , , , , , , job_id, job_type, job_path] = unit as [...string[]] & { 7: number }
      yield {
        ...{ id, description, load_state, active_state, sub_state, following, object_path },
        ...{ job_id: Number(job_id), job_type, job_path },
        ...Object.fromEntries(asked.map((one, index) => [one.column, more[index]])),
      }
    }
  },
})

/** Each unit as ListUnits gives it, followed by the properties that are asked for. */
function unitsOf(
  host: Host,
  scan: Pick<Scan, 'warn'>,
  ids: readonly string[] | undefined,
  asked: readonly Asked[],
): [DbusValue[], ...string[]][] {
  const dbus = open(host, scan)
  if (!dbus) return []
  try {
    const [list] = dbus.call({ ...manager, member: 'ListUnits' }) as [DbusValue[][]]
    const units = list.filter((unit) => !ids || ids.includes(String(unit[0])))
    const calls = units.flatMap((unit) => asked.map((one) => getter(unit, one)))
    const answers = dbus.callAll(calls.filter((call) => call !== undefined))
    const texts = calls.map((call) => (call ? textOf(answers.shift()) : ''))
    return units.map((unit, index) => [
      unit,
      ...texts.slice(index * asked.length, (index + 1) * asked.length),
    ])
  } catch (error) {
    warn(scan, error)
    return []
  } finally {
    dbus.close()
  }
}

function getter(unit: DbusValue[], { property, from }: Asked): DbusCall | undefined {
  const kind = from(String(unit[0]))
  if (!kind) return undefined
  return {
    destination: name,
    path: String(unit[6]),
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    body: [`${name}.${kind}`, property],
  }
}

const textOf = (answer: DbusValue[] | undefined): string => {
  const value = (answer?.[0] as Variant | undefined)?.value
  return typeof value === 'string' ? value : ''
}

/** The first of the sockets that answers. */
function open(host: Host, scan: Pick<Scan, 'warn'>): Dbus | undefined {
  let failure: unknown
  for (const { socket, bus } of sockets) {
    if (!host.exists(socket)) continue
    try {
      return connectDbus(host, socket, { bus })
    } catch (error) {
      failure ??= error
    }
  }
  if (failure) warn(scan, failure)
  else
    scan.warn('systemd does not run on this device; the table systemd_units is empty.', 'table_unavailable')
  return undefined
}

function warn(scan: Pick<Scan, 'warn'>, error: unknown) {
  if (!errorCode(error)) throw error
  const why = (error as Error).message.replace(/^\w+: |, '[\s\S]*$/g, '').replace(/\.$/, '')
  scan.warn(`systemd gave no answer, and its units are left out: ${why}.`)
}
