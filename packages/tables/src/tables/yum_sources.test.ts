import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './yum_sources.ts'

const fixture = await openFixture([table])
const source = '/etc/yum.repos.d/tools.repo'

test('gives a row for each section', () => {
  expect(fixture.all('SELECT * FROM yum_sources')).toEqual([
    {
      name: 'Tools of the company',
      source,
      baseurl: 'https://tools.example.net/rpm/$releasever https://mirror.example.net/rpm/$releasever',
      mirrorlist: '',
      metalink: '',
      enabled: '1',
      gpgcheck: '1',
      gpgkey: 'https://tools.example.net/key.asc',
    },
    {
      name: 'tools-testing',
      source,
      baseurl: '',
      mirrorlist: 'https://tools.example.net/mirrors',
      metalink: 'https://tools.example.net/metalink',
      enabled: '0',
      gpgcheck: '',
      gpgkey: '',
    },
  ])
})

test('follows the folder that the main file names, and reads places in the main file', async () => {
  const machine = await openRoot([table], {
    '/etc/yum.conf': '[main]\nreposdir=/srv/repos/\n[local]\nname=Local\n',
    '/srv/repos/a.repo': '[a]\nname=A\n',
    '/srv/repos/a.txt': '[b]\nname=B\n',
  })
  expect(machine.all('SELECT name, source FROM yum_sources')).toEqual([
    { name: 'Local', source: '/etc/yum.conf' },
    { name: 'A', source: '/srv/repos/a.repo' },
  ])
  machine.close()
})
