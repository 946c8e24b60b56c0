import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openHost } from '@quarry/tables/host'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { localReputation } from './local-reputation.ts'
import { openOwners } from './owners/owners-index.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

let folder: string
let root: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarry-owners-'))
  root = join(folder, 'root')
  for (const [path, text] of Object.entries(debian)) put(path, text)
})
afterEach(() => rmSync(folder, { recursive: true }))

function put(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** A Debian machine with three packages, one of them removed, and a diversion. */
const debian = {
  '/var/lib/dpkg/status': `Package: dash
Status: install ok installed
Architecture: amd64
Version: 0.5.12-2

Package: libfoo
Status: install ok installed
Architecture: amd64
Multi-Arch: same
Version: 1:3.0
Conffiles:
 /etc/foo.conf 0123456789abcdef0123456789abcdef

Package: gone
Status: deinstall ok config-files
Architecture: amd64
Version: 9
`,
  '/var/lib/dpkg/info/dash.list': '/.\n/bin\n/bin/dash\n/usr/share/doc/dash/README\n/usr/bin/printerbanner\n',
  '/var/lib/dpkg/info/dash.md5sums': `${md5('dash')}  bin/dash\n${md5('banner')}  usr/bin/printerbanner\n`,
  '/var/lib/dpkg/info/libfoo:amd64.list': '/.\n/usr/lib/libfoo.so\n/etc/foo.conf\n/usr/bin/printerbanner\n',
  '/var/lib/dpkg/info/libfoo:amd64.md5sums': `${md5('foo')}  usr/lib/libfoo.so\n${md5('conf')}  etc/foo.conf\n${md5('other banner')}  usr/bin/printerbanner\n`,
  '/var/lib/dpkg/info/gone.list': '/usr/bin/left-behind\n',
  '/var/lib/dpkg/info/gone.md5sums': `${md5('left')}  usr/bin/left-behind\n`,
  '/var/lib/dpkg/diversions': '/usr/bin/printerbanner\n/usr/bin/printerbanner.dash\nlibfoo\n',
  '/usr/bin/dash': 'dash',
  '/usr/lib/libfoo.so': 'foo',
  '/etc/foo.conf': 'conf changed by hand',
  '/usr/bin/printerbanner': 'other banner',
  '/usr/bin/printerbanner.dash': 'banner',
  '/usr/share/doc/dash/README': 'read me',
  '/usr/bin/left-behind': 'left',
  '/usr/local/bin/tool': 'tool',
  '/home/ana/tool': 'tool',
  '/tmp/tool': 'tool',
}

function judge(path: string, image = path) {
  const host = openHost({ root, platform: 'linux' })
  const owners = openOwners(host, join(folder, 'cache'))
  try {
    const { score, evidence } = localReputation(host, { path, image, sha256: 'ab' }, owners, {})
    return { score, ...evidence[0] }
  } finally {
    owners?.close()
    host.close()
  }
}

test('a file as its package brought it, by its old path too', () => {
  const dash = { score: 85, code: 'owned', package: 'dash', version: '0.5.12-2', source: 'dpkg' }
  expect(judge('/usr/bin/dash')).toMatchObject(dash)
  expect(judge('/usr/lib/libfoo.so')).toMatchObject({ score: 85, package: 'libfoo', version: '1:3.0' })
})

test('a package’s file that is no longer what the package brought is a warning, its settings are not', () => {
  put('/usr/bin/dash', 'dash, with something added')
  expect(judge('/usr/bin/dash')).toMatchObject({
    score: 35,
    code: 'package_file_modified',
    package: 'dash',
    text: 'Package file modified: it belongs to dash 0.5.12-2, and is not what the package brought.',
  })
  expect(judge('/etc/foo.conf')).toMatchObject({ score: 50, code: 'settings', package: 'libfoo' })
  expect(judge('/usr/share/doc/dash/README')).toMatchObject({ score: 60, code: 'owned_without_digest' })
})

test('a diverted file belongs to the package that it was moved for', () => {
  expect(judge('/usr/bin/printerbanner')).toMatchObject({ score: 85, package: 'libfoo' })
  expect(judge('/usr/bin/printerbanner.dash')).toMatchObject({ score: 85, package: 'dash' })
})

test.each([
  ['/usr/local/bin/tool', 45, 'place'],
  ['/home/ana/tool', 40, 'place'],
  ['/tmp/tool', 30, 'place'],
  ['/usr/bin/left-behind', 40, 'place'],
  ['/usr/bin/dash (deleted)', 30, 'deleted'],
  ['/memfd:x (deleted)', 30, 'memfd'],
])('what no package owns is judged by its place: %s', (path, score, code) => {
  expect(judge(path)).toMatchObject({ score, code })
})

test('a program of a container is not judged by the packages of the machine', () => {
  put('/proc/1/exe', 'another dash')
  expect(judge('/usr/bin/dash', '/proc/1/exe')).toMatchObject({ score: -1, code: 'other_root' })
})

test('follows the packages when they change, and makes a damaged index anew', () => {
  expect(judge('/usr/local/bin/tool').code).toBe('place')
  put('/var/lib/dpkg/info/dash.list', '/usr/local/bin/tool\n')
  put('/var/lib/dpkg/info/dash.md5sums', `${md5('tool')}  usr/local/bin/tool\n`)
  expect(judge('/usr/local/bin/tool').code).toBe('place')
  utimesSync(join(root, '/var/lib/dpkg/status'), 1, 1)
  expect(judge('/usr/local/bin/tool')).toMatchObject({ score: 85, package: 'dash' })
  expect(judge('/usr/bin/dash').code).toBe('place')
  writeFileSync(join(folder, 'cache/owners.sqlite'), 'this is no database'.repeat(100))
  expect(judge('/usr/local/bin/tool')).toMatchObject({ score: 85, package: 'dash' })
})

test('a machine without a package database says so', () => {
  rmSync(join(root, 'var'), { recursive: true })
  expect(judge('/usr/bin/dash')).toMatchObject({
    score: 40,
    text: 'No package database is read here; it lies outside the folders for own software.',
  })
})
