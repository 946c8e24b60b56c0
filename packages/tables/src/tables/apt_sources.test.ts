import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './apt_sources.ts'

const fixture = await openFixture([table])

test('reads both forms of files, with what apt fetched about a place', () => {
  expect(fixture.all('SELECT * FROM apt_sources')).toEqual([
    {
      name: 'deb.example.org/debian bookworm main contrib',
      source: '/etc/apt/sources.list',
      base_uri: 'http://deb.example.org/debian',
      release: 'bookworm',
      version: '12.12',
      maintainer: 'Debian',
      components: 'main contrib non-free-firmware non-free',
      architectures: 'all amd64 arm64',
    },
    {
      name: 'tools.example.net/apt .',
      source: '/etc/apt/sources.list',
      base_uri: 'https://tools.example.net/apt',
      release: './',
      version: '',
      maintainer: '',
      components: '',
      architectures: '',
    },
    {
      name: 'security.example.org/debian-security bookworm-security main',
      source: '/etc/apt/sources.list.d/security.sources',
      base_uri: 'http://security.example.org/debian-security',
      release: 'bookworm-security',
      version: '',
      maintainer: '',
      components: 'main',
      architectures: '',
    },
  ])
  expect(emptyColumns(fixture, table)).toEqual([])
})
