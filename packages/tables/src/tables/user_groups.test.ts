import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import groups from './groups.ts'
import userGroups from './user_groups.ts'
import users from './users.ts'

const fixture = await openFixture([userGroups, users, groups])
const hasId = printed('id', '-G') !== undefined

test('joins users to their primary and other groups', () => {
  const rows = fixture.all(`SELECT g.groupname FROM users u JOIN user_groups m ON m.uid = u.uid
    JOIN groups g ON g.gid = m.gid WHERE u.username = 'deploy'`)
  expect(rows.map((row) => row.groupname).sort()).toEqual(['deploy', 'docker', 'sudo', 'www-data'])
})

test('is asked by group too', () => {
  expect(fixture.all('SELECT uid, gid FROM user_groups WHERE gid = 27')).toEqual([
    { uid: 1000, gid: 27 },
    { uid: 1001, gid: 27 },
  ])
})

test.skipIf(!hasId)('agrees with id for every account (skipped where there is none)', async () => {
  const machine = await openMachine([userGroups, users])
  for (const { username, uid } of machine.all('SELECT username, uid FROM users')) {
    const expected = printed('id', '-G', String(username))?.trim().split(' ').map(Number)
    const rows = machine.all(`SELECT gid FROM user_groups WHERE uid = ${uid}`)
    expect(rows.map((row) => Number(row.gid)).sort((a, b) => a - b)).toEqual(expected?.sort((a, b) => a - b))
  }
  machine.close()
})
