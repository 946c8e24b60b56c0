import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { allTables } from '../registry.ts'
import { emptyColumns } from '../testing/columns.ts'
import { hasTool, isRoot, output, start } from '../testing/tools.ts'
import processes from './processes.ts'

const tables = await allTables()
const fixture = await openFixture(tables)
const machine = await openMachine(tables)
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows a worker of the web server, every column', () => {
  expect(fixture.all('SELECT *, sophos_pid FROM processes WHERE pid = 733')).toEqual([
    {
      pid: 733,
      name: 'nginx',
      path: '/usr/sbin/nginx',
      cmdline: 'nginx: worker process',
      state: 'S',
      cwd: '/',
      root: '/',
      uid: 33,
      gid: 33,
      euid: 33,
      egid: 33,
      suid: 33,
      sgid: 33,
      on_disk: 1,
      wired_size: 0,
      resident_size: 9100 * 1024,
      total_size: 68500 * 1024,
      user_time: 5120,
      system_time: 2880,
      disk_bytes_read: 409600,
      disk_bytes_written: 1048576,
      start_time: 1795461244,
      parent: 731,
      pgroup: 731,
      threads: 1,
      nice: 0,
      cgroup_path: '/system.slice/nginx.service',
      sophos_pid: '733:134399348445700000',
    },
  ])
})

test('a kernel thread has no program, a deleted program is not on the disk, one in a container is', () => {
  expect(
    fixture.all('SELECT name, path, cmdline, on_disk FROM processes WHERE pid IN (2, 1310, 1502)'),
  ).toEqual([
    { name: 'kthreadd', path: '', cmdline: '', on_disk: -1 },
    {
      name: 'kworkerd',
      path: '/tmp/.cache/kworkerd (deleted)',
      cmdline: '[kworker/u8:2] -o 198.51.100.23:4444',
      on_disk: 0,
    },
    { name: 'redis-server', path: '/usr/local/bin/redis-server', cmdline: 'redis-server *:6379', on_disk: 1 },
  ])
})

test('reads a name with parentheses and spaces', () => {
  expect(fixture.all('SELECT name, parent, cmdline FROM processes WHERE pid = 1201')).toEqual([
    { name: '(sd-pam) x)', parent: 1, cmdline: '(sd-pam)' },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, processes)).toEqual([])
  expect(emptyColumns(machine, processes)).toEqual([])
})

test('agrees with /proc about a process that we started', async () => {
  await using sleeper = await start('/bin/sh', ['-c', 'echo ready; read line', 'a  b', 'ü'], { cwd: '/usr' })
  const [row] = machine.all(`SELECT * FROM processes WHERE pid = '${sleeper.pid}'`)
  expect(row).toMatchObject({
    pid: sleeper.pid,
    path: realpathSync('/bin/sh'),
    cmdline: '/bin/sh -c echo ready; read line a  b ü',
    cwd: '/usr',
    root: '/',
    uid: process.getuid!(),
    egid: process.getegid!(),
    on_disk: 1,
    parent: process.pid,
    threads: 1,
  })
  expect(row?.total_size).toBeGreaterThan(Number(row?.resident_size))
})

test('sees that a running program was deleted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-deleted-'))
  const program = join(folder, 'shell')
  copyFileSync('/bin/sh', program)
  await using shell = await start(program, ['-c', 'echo ready; read line'])
  const query = `SELECT path, on_disk FROM processes WHERE pid = ${shell.pid}`
  expect(machine.all(query)).toEqual([{ path: program, on_disk: 1 }])
  rmSync(folder, { recursive: true })
  expect(machine.all(query)).toEqual([{ path: `${program} (deleted)`, on_disk: 0 }])
})

test('gives the same sophos_pid whenever it is asked, made of the start in ticks', () => {
  const query = `SELECT sophos_pid, start_time FROM processes WHERE pid = ${process.pid}`
  const [first] = machine.all(query)
  const ticks = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')[19]!
  const [other] = machine.all('SELECT sophos_pid, pid FROM processes WHERE pid = 1')
  const initTicks = readFileSync('/proc/1/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')[19]!
  const filetime = (row: typeof first) => BigInt(String(row?.sophos_pid).split(':')[1]!)
  expect(filetime(first) - filetime(other)).toBe((BigInt(ticks) - BigInt(initTicks)) * 100_000n)
  expect(first?.start_time).toBe(Number(filetime(first) / 10_000_000n) - 11_644_473_600)
  expect(machine.all(query)).toEqual([first])
})

test('a thread is no process, and a pid that nobody has gives no row', () => {
  const thread = readdirSync('/proc/self/task').find((id) => id !== String(process.pid))
  expect(thread).toBeDefined()
  expect(machine.all(`SELECT pid FROM processes WHERE pid IN (${thread}, 4194303, -5, 0)`)).toEqual([])
})

test('leaves out processes that end while they are read, without a word', async () => {
  const children = await Promise.all(
    Array.from({ length: 10 }, () => start('/bin/sh', ['-c', 'echo ready; read line'])),
  )
  const mine = `SELECT pid FROM processes WHERE parent = ${process.pid}`
  expect(machine.all(mine).length).toBeGreaterThanOrEqual(10)
  for (const child of children) await child[Symbol.asyncDispose]()
  const pids = children.map((child) => child.pid)
  expect(machine.all(`SELECT pid, cmdline, cgroup_path FROM processes WHERE pid IN (${pids})`)).toEqual([])
  expect(machine.lastWarnings).toEqual([])
})

test.skipIf(!hasTool('ps'))('agrees with ps (skipped without ps)', async () => {
  const query = 'SELECT pid, parent, pgroup, uid, euid, gid, threads FROM processes'
  const before = machine.all(query)
  const listed = output('ps', '-eo', 'pid=,ppid=,pgid=,ruid=,euid=,rgid=,nlwp=')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).join(' '))
  const after = new Set(machine.all(query).map((row) => Object.values(row).join(' ')))
  // Those that are the same before and after must be in the list that was made between.
  const steady = before.map((row) => Object.values(row).join(' ')).filter((line) => after.has(line))
  expect(steady.length).toBeGreaterThan(5)
  expect(steady.filter((line) => !listed.includes(line))).toEqual([])
})

test.skipIf(!isRoot)(
  'without root, fills what it may see and says once what it may not (skipped without root)',
  () => {
    const script = `
    const { openMachine } = await import('${import.meta.dirname}/../fixture.ts')
    const { default: processes } = await import('${import.meta.dirname}/processes.ts')
    const engine = await openMachine([processes])
    const rows = engine.all('SELECT pid, name, uid, cwd FROM processes')
    console.log(JSON.stringify({ rows, warnings: engine.lastWarnings }))
    engine.close()`
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      uid: 65534,
      gid: 65534,
      encoding: 'utf8',
      cwd: '/',
    })
    if (/EACCES|ERR_MODULE_NOT_FOUND/.test(run.stderr)) {
      // A checkout below a folder of root’s own cannot be read by another user.
      console.log('skipped: this checkout is closed to other users')
      return
    }
    const { rows, warnings } = JSON.parse(run.stdout) as {
      rows: Record<string, unknown>[]
      warnings: unknown[]
    }
    const mine = rows.find((row) => row.pid === process.pid)
    expect(mine).toMatchObject({ uid: 0, cwd: null })
    expect(String(mine?.name)).not.toBe('')
    expect(warnings).toEqual([
      {
        code: 'partial',
        message:
          'Some processes could not be looked into, because the agent may not; what could not be read is left out.',
      },
    ])
  },
)
