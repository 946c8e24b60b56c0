import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './rpm_package_files.ts'

const fixture = await openFixture([table])

test('lists the files of a package', () => {
  expect(
    fixture.all("SELECT path, username, groupname, mode FROM rpm_package_files WHERE package = 'hello-tool'"),
  ).toEqual([
    { path: '/etc/hello', username: 'root', groupname: 'root', mode: '0755' },
    { path: '/etc/hello/hello.conf', username: 'root', groupname: 'adm', mode: '0640' },
    { path: '/usr/bin/hello', username: 'root', groupname: 'root', mode: '0755' },
    { path: '/usr/bin/hi', username: 'root', groupname: 'root', mode: '0777' },
  ])
})

test('finds the package of a file, with its size and hash', () => {
  expect(
    fixture.all("SELECT package, size, sha256 FROM rpm_package_files WHERE path = '/usr/bin/hello'"),
  ).toEqual([
    {
      package: 'hello-tool',
      size: 21,
      sha256: 'bfdeaeb08cffb6a36438bcd12dda25417e3cdd36f1e7e482a2849d539225288b',
    },
  ])
  expect(fixture.all("SELECT package FROM rpm_package_files WHERE path = '/bin/none'")).toEqual([])
})
