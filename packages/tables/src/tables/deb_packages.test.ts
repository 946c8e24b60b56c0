import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './deb_packages.ts'

const fixture = await openFixture([table])

test('reads what dpkg knows', () => {
  expect(fixture.all("SELECT * FROM deb_packages WHERE name = 'libpq5'")).toEqual([
    {
      name: 'libpq5',
      version: '15.14-0+deb12u1',
      source: 'postgresql-15 (15.14-0+deb12u1)',
      size: 788,
      arch: 'amd64',
      revision: '0+deb12u1',
      status: 'install ok installed',
      maintainer: 'PostgreSQL Maintainers <postgres@example.org>',
      section: 'libs',
      priority: 'optional',
      admindir: '/var/lib/dpkg',
    },
  ])
  expect(fixture.all('SELECT name, section, revision, status FROM deb_packages')).toEqual([
    { name: 'base-files', section: 'admin', revision: '', status: 'install ok installed' },
    { name: 'nginx', section: 'httpd', revision: '9+deb12u3', status: 'install ok installed' },
    { name: 'openssh-server', section: 'net', revision: '2+deb12u7', status: 'install ok installed' },
    { name: 'libpq5', section: 'libs', revision: '0+deb12u1', status: 'install ok installed' },
    { name: 'telnetd', section: 'net', revision: '2', status: 'deinstall ok config-files' },
  ])
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('reads another database of dpkg, and none without a warning', () => {
  expect(fixture.all("SELECT count(*) AS n FROM deb_packages WHERE admindir = '/var/lib/dpkg/'")).toEqual([
    { n: 5 },
  ])
  expect(fixture.all("SELECT * FROM deb_packages WHERE admindir = '/srv/none'")).toEqual([])
  expect(fixture.lastWarnings).toEqual([])
})

const format =
  '$' +
  '{Package}|$' +
  '{Version}|$' +
  '{Architecture}|$' +
  '{Status}|$' +
  '{Section}|$' +
  '{Installed-Size}\\n'
const list = printed('dpkg-query', '-W', `-f=${format}`)
test.skipIf(!list)('agrees with dpkg-query (skipped where there is none)', async () => {
  const machine = await openMachine([table])
  const rows = machine.all(
    "SELECT name || '|' || version || '|' || arch || '|' || status || '|' || section || '|' || size AS line FROM deb_packages",
  )
  machine.close()
  const expected = list
    ?.split('\n')
    .filter((line) => line && !line.includes(' not-installed|'))
    .map((line) => line.replace(/\|$/, '|0'))
  expect(rows.map((row) => row.line).sort()).toEqual(expected?.sort())
})
