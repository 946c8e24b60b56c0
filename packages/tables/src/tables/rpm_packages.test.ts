import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixtureRoot, openFixture, printed } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './rpm_packages.ts'

const fixture = await openFixture([table])

test('reads the headers in the database of rpm', () => {
  expect(fixture.all('SELECT * FROM rpm_packages')).toEqual([
    {
      name: 'hello-tool',
      version: '2.10',
      release: '3.el9',
      source: 'hello-tool-2.10-3.el9.src.rpm',
      size: 41,
      sha1: 'ebd5f947db944484e9b78ac5b3c72bf711a5d732',
      arch: 'noarch',
      epoch: 1,
      install_time: 1795511331,
      vendor: 'Example Project',
      package_group: 'Applications/System',
    },
    {
      name: 'big-data',
      version: '1.0',
      release: '1',
      source: 'big-data-1.0-1.src.rpm',
      size: 0,
      sha1: '9788e8f07e2d5ee5aebc18cccf1ef9e2daf7b65d',
      arch: 'noarch',
      epoch: null,
      install_time: 1795511331,
      vendor: '',
      package_group: 'Unspecified',
    },
  ])
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('finds a package by its name', () => {
  expect(fixture.all("SELECT version FROM rpm_packages WHERE name = 'big-data'")).toEqual([
    { version: '1.0' },
  ])
  expect(fixture.all("SELECT version FROM rpm_packages WHERE name = 'none'")).toEqual([])
})

const copy = mkdtempSync(join(tmpdir(), 'quarry-rpm-'))
cpSync(join(fixtureRoot, 'var/lib/rpm'), copy, { recursive: true })
const format = ['NAME', 'VERSION', 'RELEASE', 'SOURCERPM', 'SIZE', 'SHA1HEADER', 'ARCH', 'INSTALLTIME']
  .map((tag) => `%{${tag}}`)
  .join('|')
// The fixture holds the two tables that are read; rpm wants its indexes too.
printed('rpm', '--dbpath', copy, '--rebuilddb')
const list = printed('rpm', '--dbpath', copy, '-qa', '--qf', `${format}\\n`)
rmSync(copy, { recursive: true })
test.skipIf(!list)('agrees with rpm (skipped where there is none)', () => {
  const rows = fixture.all(
    "SELECT concat_ws('|', name, version, release, source, size, sha1, arch, install_time) AS line FROM rpm_packages",
  )
  expect(rows.map((row) => row.line)).toEqual(list?.trim().split('\n'))
})

test('an older format and a damaged database are warnings', async () => {
  const old = await openRoot([table], { '/var/lib/rpm/Packages': 'x' })
  expect(old.all('SELECT * FROM rpm_packages')).toEqual([])
  expect(old.lastWarnings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'table_unavailable: The packages in /var/lib/rpm/Packages are not read: its format, Berkeley DB, is not known here.',
  ])
  old.close()
  const cut = await openRoot([table], {
    '/var/lib/rpm/rpmdb.sqlite': `SQLite format 3\0\x10\0${'\0'.repeat(5000)}`,
  })
  expect(cut.all('SELECT * FROM rpm_packages')).toEqual([])
  expect(cut.lastWarnings.map(({ message }) => message)).toEqual([
    '/var/lib/rpm/rpmdb.sqlite is damaged or was written to meanwhile; packages are missing.',
  ])
  cut.close()
})
