import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import { isRoot } from '../testing/tools.ts'
import table from './shadow.ts'

const fixture = await openFixture([table])

test('tells the state of each password and how it is hashed, not the hash', () => {
  expect(fixture.all('SELECT username, password_status, hash_alg FROM shadow')).toEqual([
    { username: 'root', password_status: 'active', hash_alg: 'y' },
    { username: 'daemon', password_status: 'locked', hash_alg: '' },
    { username: 'www-data', password_status: 'locked', hash_alg: '' },
    { username: 'sshd', password_status: 'locked', hash_alg: '' },
    { username: 'ada', password_status: 'active', hash_alg: '6' },
    { username: 'deploy', password_status: 'locked', hash_alg: '6' },
    { username: 'kiosk', password_status: 'empty', hash_alg: '' },
  ])
  expect(JSON.stringify(fixture.all('SELECT * FROM shadow'))).not.toContain('example')
})

test('gives the days, −1 where a field is empty', () => {
  const days = 'last_change, min, max, warning, inactive, expire, flag'
  expect(fixture.all(`SELECT ${days} FROM shadow WHERE username = 'ada'`)).toEqual([
    { last_change: 20480, min: 0, max: 90, warning: 14, inactive: 30, expire: 21000, flag: -1 },
  ])
  expect(fixture.all(`SELECT ${days} FROM shadow WHERE username = 'sshd'`)).toEqual([
    { last_change: 20401, min: -1, max: -1, warning: -1, inactive: -1, expire: -1, flag: -1 },
  ])
})

const getent = isRoot ? printed('getent', 'shadow') : undefined
test.skipIf(!getent)('agrees with getent (skipped where there is none, and without root)', async () => {
  const machine = await openMachine([table])
  const rows = machine.all('SELECT username, last_change, max FROM shadow')
  machine.close()
  const expected = getent
    ?.trim()
    .split('\n')
    .map((line) => line.split(':'))
    .map(([username, , change, , max]) => ({
      username,
      last_change: change === '' ? -1 : Number(change),
      max: max === '' ? -1 : Number(max),
    }))
  expect(rows).toEqual(expected)
})
