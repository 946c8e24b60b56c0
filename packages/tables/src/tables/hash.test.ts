import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fixtureRoot, openFixture, openMachine, printed } from '../fixture.ts'
import file from './file.ts'
import hash from './hash.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-hash-'))
const fixture = await openFixture([hash, file])
const machine = await openMachine([hash, file], { hashLimit: 1 << 20, dataDirs: [join(folder, 'data')] })
afterAll(() => {
  machine.close()
  rmSync(folder, { recursive: true })
})

const sum = (algorithm: string, path: string) =>
  createHash(algorithm).update(readFileSync(path)).digest('hex')

test('hashes a file three ways', () => {
  const path = `${fixtureRoot}/etc/passwd`
  expect(fixture.all("SELECT * FROM hash WHERE path = '/etc/passwd'")).toEqual([
    {
      path: '/etc/passwd',
      directory: '/etc',
      md5: sum('md5', path),
      sha1: sum('sha1', path),
      sha256: sum('sha256', path),
    },
  ])
})

test('hashes the files of a folder and of a pattern, and no folder', () => {
  expect(fixture.all("SELECT path FROM hash WHERE directory = '/etc/nginx'")).toEqual([
    { path: '/etc/nginx/nginx.conf' },
  ])
  expect(
    fixture.all("SELECT path, sha256 IS NOT NULL AS known FROM hash WHERE path LIKE '/home/%/.ssh/%'"),
  ).toEqual([
    { path: '/home/ada/.ssh/authorized_keys', known: 1 },
    { path: '/home/deploy/.ssh/authorized_keys', known: 1 },
  ])
})

test('is joined to file', () => {
  expect(
    fixture.all(`SELECT f.filename, h.sha256 FROM file f JOIN hash h ON h.path = f.path
      WHERE f.directory = '/etc/cron.d'`),
  ).toEqual([{ filename: 'backup', sha256: sum('sha256', `${fixtureRoot}/etc/cron.d/backup`) }])
})

test('a file that is too large keeps its row, without a hash and with a warning', () => {
  writeFileSync(join(folder, 'sparse'), '')
  truncateSync(join(folder, 'sparse'), 8 * 1024 ** 4)
  writeFileSync(join(folder, 'small'), 'small')
  expect(machine.all(`SELECT path, sha256 FROM hash WHERE directory = '${folder}' ORDER BY path`)).toEqual([
    { path: `${folder}/small`, sha256: createHash('sha256').update('small').digest('hex') },
    { path: `${folder}/sparse`, sha256: null },
  ])
  expect(machine.lastWarnings).toEqual([
    {
      code: 'partial',
      message: `${folder}/sparse could not be read and is left out: the file is larger than 1 MiB and is not hashed.`,
    },
  ])
})

test('special files and folders have no hash and stop nothing', () => {
  execFileSync('mkfifo', [join(folder, 'fifo')])
  symlinkSync('/dev/zero', join(folder, 'zero'))
  expect(
    machine.all(`SELECT path FROM hash WHERE path IN ('${folder}/fifo', '${folder}/zero', '/dev/zero', '/')`),
  ).toEqual([])
  expect(machine.all("SELECT sha256 FROM hash WHERE path = '/proc/version'")).toEqual([
    { sha256: sum('sha256', '/proc/version') },
  ])
})

test('Quarry’s own data is not hashed', () => {
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data/key'), 'key')
  symlinkSync('data/key', join(folder, 'link'))
  expect(machine.all(`SELECT sha256 FROM hash WHERE path = '${folder}/link'`)).toEqual([{ sha256: null }])
  expect(machine.lastWarnings[0]?.message).toContain('Quarry does not read its own data')
})

test('the program of a process is hashed through its link', async () => {
  const large = await openMachine([hash])
  const path = `/proc/${process.pid}/exe`
  expect(large.all(`SELECT sha256 FROM hash WHERE path = '${path}'`)).toEqual([
    { sha256: sum('sha256', process.execPath) },
  ])
  large.close()
})

const sha256sum = printed('sha256sum', '/etc/passwd', '/etc/group')
test.skipIf(!sha256sum)('agrees with sha256sum (skipped where there is none)', () => {
  const rows = machine.all(
    "SELECT sha256 || '  ' || path AS line FROM hash WHERE path IN ('/etc/passwd', '/etc/group')",
  )
  expect(rows.map((row) => row.line).sort()).toEqual(sha256sum?.trim().split('\n').sort())
})
