import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import etcHosts from './etc_hosts.ts'

const fixture = await openFixture([etcHosts])

test('reads names, leaves out comments and an address without a name', () => {
  expect(fixture.all('SELECT * FROM etc_hosts')).toEqual([
    { address: '127.0.0.1', hostnames: 'localhost' },
    { address: '127.0.1.1', hostnames: 'web-01.example.org web-01' },
    { address: '192.0.2.20', hostnames: 'db-01 db-01.example.org' },
    { address: '::1', hostnames: 'localhost ip6-localhost' },
  ])
})

test('has its other name', () => {
  expect(fixture.all("SELECT hostnames FROM hosts WHERE address = '::1'")).toHaveLength(1)
})

test('a machine without the file gives a warning', async () => {
  const root = mkdtempSync(join(tmpdir(), 'quarry-'))
  const empty = await openFixture([etcHosts], { root })
  expect(empty.all('SELECT * FROM etc_hosts')).toEqual([])
  expect(empty.lastWarnings).toEqual([
    {
      code: 'partial',
      message: '/etc/hosts could not be read and is left out: no such file or directory.',
    },
  ])
  empty.close()
  rmSync(root, { recursive: true })
})
