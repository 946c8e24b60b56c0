import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import table from './deb_package_files.ts'

const fixture = await openFixture([table])

test('lists the files of a package, whatever its architecture', () => {
  expect(fixture.all("SELECT * FROM deb_package_files WHERE package = 'libpq5'")).toEqual(
    ['/.', '/usr', '/usr/lib', '/usr/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu/libpq.so.5'].map(
      (path) => ({ package: 'libpq5', path, admindir: '/var/lib/dpkg' }),
    ),
  )
})

test('finds the package of a file', () => {
  expect(fixture.all("SELECT package FROM deb_package_files WHERE path = '/usr/sbin/sshd'")).toEqual([
    { package: 'openssh-server' },
  ])
  expect(fixture.all("SELECT package FROM deb_package_files WHERE path = '/usr/sbin'")).toHaveLength(2)
})

const list = printed('dpkg-query', '-L', 'base-files')
test.skipIf(!list)('agrees with dpkg-query (skipped where there is none)', async () => {
  const machine = await openMachine([table])
  const rows = machine.all("SELECT path FROM deb_package_files WHERE package = 'base-files'")
  machine.close()
  expect(rows.map((row) => row.path)).toEqual(list?.trim().split('\n'))
})
