import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import groups from './groups.ts'

const fixture = await openFixture([groups])
const getent = printed('getent', '-s', 'files', 'group')

test('reads every group in the order of the file', () => {
  const rows = fixture.all('SELECT * FROM groups')
  expect(rows).toHaveLength(10)
  expect(rows[3]).toEqual({ gid: 27, gid_signed: 27, groupname: 'sudo' })
})

test('finds a group by its id', () => {
  expect(fixture.all('SELECT groupname FROM groups WHERE gid IN (998, 4711)')).toEqual([
    { groupname: 'docker' },
  ])
})

test.skipIf(getent === undefined)('agrees with getent (skipped where there is none)', async () => {
  const machine = await openMachine([groups])
  const rows = machine.all("SELECT groupname || ':' || gid AS line FROM groups")
  const expected = getent
    ?.trim()
    .split('\n')
    .map((line) =>
      line
        .split(':')
        .filter((_, at) => at % 2 === 0)
        .slice(0, 2)
        .join(':'),
    )
  expect(rows.map((row) => row.line)).toEqual(expected)
  machine.close()
})
