import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import file from './file.ts'
import grep from './grep.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-grep-'))
const fixture = await openFixture([grep, file])
const machine = await openMachine([grep])
afterAll(() => {
  machine.close()
  rmSync(folder, { recursive: true })
})

test('finds lines, exactly and with their case', () => {
  expect(
    fixture.all("SELECT * FROM grep WHERE path = '/etc/ssh/sshd_config' AND pattern = 'PermitRootLogin'"),
  ).toEqual([
    { path: '/etc/ssh/sshd_config', pattern: 'PermitRootLogin', line: 'PermitRootLogin no', line_number: 3 },
    {
      path: '/etc/ssh/sshd_config',
      pattern: 'PermitRootLogin',
      line: '#PermitRootLogin yes',
      line_number: 4,
    },
  ])
  expect(
    fixture.all("SELECT * FROM grep WHERE path = '/etc/ssh/sshd_config' AND pattern = 'permitrootlogin'"),
  ).toEqual([])
  expect(
    fixture.all("SELECT * FROM grep WHERE path = '/etc/ssh/sshd_config' AND pattern = 'Permit.*'"),
  ).toEqual([])
})

test('takes several texts and a pattern of paths', () => {
  expect(
    fixture.all(
      "SELECT path, pattern FROM grep WHERE path LIKE '/home/%/.bash_history' AND pattern IN ('curl ', 'wget ', 'sudo ')",
    ),
  ).toEqual([
    { path: '/home/ada/.bash_history', pattern: 'curl ' },
    { path: '/home/ada/.bash_history', pattern: 'sudo ' },
  ])
})

test('takes its paths from a join, whatever the text', () => {
  expect(
    fixture.all(
      "SELECT grep.filepath, line FROM file JOIN grep ON grep.path = file.path WHERE file.path LIKE '/etc/ssh/%' AND grep.pattern IN ('PermitRootLogin no', 'PermitX')",
    ),
  ).toEqual([{ filepath: '/etc/ssh/sshd_config', line: 'PermitRootLogin no' }])
  expect(fixture.lastWarnings).toEqual([])
})

test('an empty text finds every line', () => {
  expect(
    fixture.all("SELECT line FROM grep WHERE path = '/etc/nginx/nginx.conf' AND pattern = ''"),
  ).toHaveLength(5)
})

test.each([
  "SELECT * FROM grep WHERE path = '/etc/passwd'",
  "SELECT * FROM grep WHERE pattern = 'root'",
  'SELECT * FROM grep',
])('without a path and a text it says what it needs: %s', (sql) => {
  expect(fixture.all(sql)).toEqual([])
  expect(fixture.lastWarnings.map(({ code }) => code)).toEqual(['required_column'])
})

test('searches binary files and long lines with bounded memory', () => {
  const path = join(folder, 'binary')
  const long = Buffer.alloc(5 << 20, 'x')
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from('one\r\n\0\xff needle\n', 'latin1'),
      long,
      Buffer.from('needle'),
      long,
      Buffer.from('\nneedle'),
    ]),
  )
  const rows = machine.all(
    `SELECT line_number, length(line) AS length FROM grep WHERE path = '${path}' AND pattern = 'needle'`,
  )
  expect(rows.map((row) => row.line_number)).toEqual([2, 3, 4])
  expect(Number(rows[1]?.length)).toBeLessThan(256 << 10)
  expect(rows[2]?.length).toBe(6)
  expect(machine.all(`SELECT line FROM grep WHERE path = '${path}' AND pattern = 'one'`)).toEqual([
    { line: 'one' },
  ])
})

test('folders, missing and special files stop nothing', () => {
  expect(
    machine.all("SELECT * FROM grep WHERE path IN ('/', '/nothing', '/dev/zero') AND pattern = 'x'"),
  ).toEqual([])
})

test('is a sensitive table: reading it needs a permission', () => {
  const end = fixture.run(
    {
      sql: "SELECT * FROM grep WHERE path = '/etc/passwd' AND pattern = 'root'",
      readable: [],
      limits: { cpuShare: 1, memoryBytes: 64 << 20, resultBytes: 1 << 20, resultRows: 100, seconds: 10 },
    },
    { columns: () => undefined, rows: () => undefined } as never,
  )
  expect(end.status).toBe('failed')
  expect(end.error?.code).toBe('not_allowed')
})

const real = printed('grep', '-nF', 'tcp', '/etc/services')
test.skipIf(!real)('agrees with grep -nF (skipped where there is none)', () => {
  const rows = machine.all(
    "SELECT line_number || ':' || line AS line FROM grep WHERE path = '/etc/services' AND pattern = 'tcp'",
  )
  expect(rows.map((row) => row.line)).toEqual(real?.trimEnd().split('\n'))
})
