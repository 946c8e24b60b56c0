import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './authorized_keys.ts'
import users from './users.ts'

const fixture = await openFixture([table, users])

test('reads the keys of every user, with options and without', () => {
  expect(fixture.all('SELECT uid, algorithm, options, comment, key_file FROM authorized_keys')).toEqual([
    {
      uid: 0,
      algorithm: 'ssh-rsa',
      options: String.raw`from="192.0.2.0/24",command="/usr/local/bin/backup --to \"db 01\"",no-pty`,
      comment: 'backup of the hoster',
      key_file: '/root/.ssh/authorized_keys',
    },
    {
      uid: 0,
      algorithm: 'sk-ssh-ed25519@openssh.com',
      options: '',
      comment: '',
      key_file: '/root/.ssh/authorized_keys',
    },
    {
      uid: 1000,
      algorithm: 'ssh-ed25519',
      options: '',
      comment: 'ada@laptop',
      key_file: '/home/ada/.ssh/authorized_keys',
    },
    {
      uid: 1001,
      algorithm: 'ssh-ed25519',
      options: '',
      comment: 'deploy@ci',
      key_file: '/home/deploy/.ssh/authorized_keys',
    },
  ])
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('reads the homes of the users that are asked for', () => {
  expect(
    fixture.all(
      "SELECT u.username, k.key FROM users u JOIN authorized_keys k ON k.uid = u.uid WHERE u.username = 'ada'",
    ),
  ).toEqual([
    {
      username: 'ada',
      key: 'AAAAC3NzaC1lZDI1NTE5AAAAIEexampleexampleexampleexampleexampleexamplee',
    },
  ])
  expect(fixture.all('SELECT * FROM authorized_keys WHERE uid = 33')).toEqual([])
  expect(fixture.lastWarnings).toEqual([])
})
