import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import osVersion from './os_version.ts'

test('reads the os-release file', async () => {
  const fixture = await openFixture([osVersion])
  expect(fixture.all('SELECT * FROM os_version')).toEqual([
    {
      name: 'Debian GNU/Linux',
      version: '12 (bookworm)',
      major: 12,
      minor: 0,
      patch: 0,
      build: '',
      platform: 'debian',
      platform_like: 'debian',
      codename: 'bookworm',
      arch: 'x86_64',
    },
  ])
})

test('reads versions in parts, quotes of both kinds, and the file in /usr/lib', async () => {
  const root = mkdtempSync(join(tmpdir(), 'quarry-'))
  mkdirSync(join(root, 'usr/lib'), { recursive: true })
  writeFileSync(
    join(root, 'usr/lib/os-release'),
    `# comment\nNAME='Example \\Linux'\nVERSION_ID=9.4.2\nID=example\nID_LIKE="rhel fedora"\nBUILD_ID="a \\"b\\""\n`,
  )
  const machine = await openFixture([osVersion], { root })
  expect(
    machine.all('SELECT name, version, major, minor, patch, build, platform_like FROM os_version'),
  ).toEqual([
    {
      name: 'Example \\Linux',
      version: '9.4.2',
      major: 9,
      minor: 4,
      patch: 2,
      build: 'a "b"',
      platform_like: 'rhel fedora',
    },
  ])
  machine.close()
  rmSync(root, { recursive: true })
})

const uname = printed('uname', '-m')
test.skipIf(!uname)('arch agrees with uname (skipped where there is none)', async () => {
  const machine = await openMachine([osVersion])
  expect(machine.all('SELECT arch FROM os_version')).toEqual([{ arch: uname?.trim() }])
  machine.close()
})
