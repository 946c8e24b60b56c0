import { mkdirSync, symlinkSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './npm_packages.ts'

const machine = await openRoot([table], {
  '/etc/passwd': 'ada:x:1000:1000::/home/ada:/bin/bash\n',
  '/usr/local/lib/node_modules/npm/package.json': JSON.stringify({
    name: 'npm',
    version: '11.0.0',
    description: 'a package manager',
    author: { name: 'GitHub' },
    license: 'Artistic-2.0',
    homepage: 'https://docs.example.net',
  }),
  '/usr/local/lib/node_modules/npm/node_modules/abbrev/package.json': '{"name":"abbrev","version":"3.0.0"}',
  '/usr/local/lib/node_modules/npm/node_modules/@npmcli/fs/package.json':
    '{"name":"@npmcli/fs","version":"4.0.0","license":{"type":"ISC"}}',
  '/usr/local/lib/node_modules/npm/node_modules/@npmcli/fs/node_modules/semver/package.json':
    '{"name":"semver","version":"7.0.0","author":"Someone"}',
  '/usr/local/lib/node_modules/.package-lock.json': '{"name":"x"}',
  '/usr/local/lib/node_modules/odd/package.json': 'no JSON',
  '/home/ada/.nvm/versions/node/v24.1.0/lib/node_modules/tool/package.json': '{"name":"tool"}',
  '/srv/app/node_modules/left-pad/package.json': '{"name":"left-pad","version":"1.3.0"}',
})
mkdirSync(`${machine.root}/proc/self/ns`, { recursive: true })
symlinkSync('mnt:[4026531841]', `${machine.root}/proc/self/ns/mnt`)
afterAll(() => machine.close())

test('finds global packages and what they brought along', () => {
  expect(machine.all('SELECT name, version, author, license, depth FROM npm_packages')).toEqual([
    { name: 'npm', version: '11.0.0', author: 'GitHub', license: 'Artistic-2.0', depth: 0 },
    { name: '@npmcli/fs', version: '4.0.0', author: '', license: 'ISC', depth: 1 },
    { name: 'semver', version: '7.0.0', author: 'Someone', license: '', depth: 2 },
    { name: 'abbrev', version: '3.0.0', author: '', license: '', depth: 1 },
    { name: 'tool', version: '', author: '', license: '', depth: 0 },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
})

test('looks as deep as it is asked to', () => {
  expect(machine.all('SELECT name FROM npm_packages WHERE max_depth = 0')).toEqual([
    { name: 'npm' },
    { name: 'tool' },
  ])
  expect(machine.all('SELECT name FROM npm_packages WHERE max_depth = 1')).toHaveLength(4)
})

test('searches the folder of a project', () => {
  expect(machine.all("SELECT name, path, directory FROM npm_packages WHERE directory = '/srv/app'")).toEqual([
    { name: 'left-pad', path: '/srv/app/node_modules/left-pad/package.json', directory: '/srv/app' },
  ])
})
