import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import users from './users.ts'

const fixture = await openFixture([users])
const passwd = printed('getent', '-s', 'files', 'passwd')

test('reads a whole account', () => {
  expect(fixture.all("SELECT * FROM users WHERE username = 'ada'")).toEqual([
    {
      uid: 1000,
      gid: 1000,
      uid_signed: 1000,
      gid_signed: 1000,
      username: 'ada',
      description: 'Ada Example,,,',
      directory: '/home/ada',
      shell: '/bin/bash',
      uuid: '1000',
    },
  ])
})

test('keeps the order of the file and shows ids of 32 bits with and without a sign', () => {
  expect(fixture.all('SELECT username FROM users').map((row) => row.username)).toEqual([
    'root',
    'daemon',
    'www-data',
    'sshd',
    'ada',
    'deploy',
    'nobody',
    'overflow',
  ])
  expect(fixture.all('SELECT uid, uid_signed FROM users WHERE uid = 4294967294')).toEqual([
    { uid: 4294967294, uid_signed: -2 },
  ])
})

test('says that accounts of a directory service are not read', () => {
  expect(fixture.all('SELECT username FROM users WHERE include_remote = 1')).toHaveLength(8)
  expect(fixture.lastWarnings.map(({ code }) => code)).toEqual(['partial'])
})

test('a process that is gone has no users', () => {
  expect(fixture.all('SELECT * FROM users WHERE pid_with_namespace = 99999')).toEqual([])
})

test('this machine’s own view is pid_with_namespace 0', () => {
  expect(fixture.all('SELECT username FROM users WHERE pid_with_namespace = 0')).toHaveLength(8)
})

test.skipIf(passwd === undefined)('agrees with getent (skipped where there is none)', async () => {
  const machine = await openMachine([users])
  const rows = machine.all(
    "SELECT username || ':x:' || uid || ':' || gid || ':' || description || ':' || directory || ':' || shell AS line FROM users",
  )
  const expected = passwd
    ?.trim()
    .split('\n')
    .map((line) => line.replace(/^([^:]*):[^:]*:/, '$1:x:'))
  expect(rows.map((row) => row.line)).toEqual(expected)
  machine.close()
})
