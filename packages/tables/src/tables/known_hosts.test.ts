import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './known_hosts.ts'

const fixture = await openFixture([table])

test('gives a row for each host that is known', () => {
  expect(fixture.all('SELECT * FROM known_hosts WHERE uid = 0')).toEqual([
    {
      uid: 0,
      key: '|1|exampleexampleexampleexample=|exampleexampleexampleexample= ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKexampleexampleexampleexampleexampleexamplee',
      key_file: '/root/.ssh/known_hosts',
    },
    {
      uid: 0,
      key: '[git.example.net]:2222,192.0.2.15 ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBexample=',
      key_file: '/root/.ssh/known_hosts',
    },
  ])
  expect(fixture.all('SELECT uid FROM known_hosts GROUP BY uid')).toEqual([{ uid: 0 }])
  expect(fixture.all('SELECT * FROM known_hosts WHERE uid = 1000')).toEqual([])
})
