import { expect, test } from 'vitest'
import { fixtureRoot, openFixture, openMachine, printed } from '../fixture.ts'
import last from './last.ts'

const fixture = await openFixture([last])

test('reads sign-ins, sign-outs and starts, oldest first', () => {
  expect(fixture.all('SELECT username, type_name FROM last')).toEqual([
    { username: 'reboot', type_name: 'boot-time' },
    { username: 'deploy', type_name: 'user-process' },
    { username: '', type_name: 'dead-process' },
    { username: 'shutdown', type_name: 'run-level' },
    { username: 'reboot', type_name: 'boot-time' },
    { username: 'ada', type_name: 'user-process' },
    { username: 'ada', type_name: 'user-process' },
  ])
})

test('reads a whole record, with the address where it has no name', () => {
  expect(fixture.all("SELECT * FROM last WHERE type = 7 AND tty = 'pts/0'")).toEqual([
    {
      username: 'deploy',
      tty: 'pts/0',
      pid: 902,
      type: 7,
      type_name: 'user-process',
      time: 1795381240,
      host: '192.0.2.44',
    },
    {
      username: 'ada',
      tty: 'pts/0',
      pid: 1204,
      type: 7,
      type_name: 'user-process',
      time: 1795462811,
      host: '198.51.100.7',
    },
  ])
  expect(fixture.all('SELECT host FROM last WHERE pid = 1390')).toEqual([{ host: '2001:db8::7' }])
})

const dump = printed('utmpdump', `${fixtureRoot}/var/log/wtmp`)
test.skipIf(!dump)('agrees with utmpdump (skipped where there is none)', () => {
  const expected = dump
    ?.trim()
    .split('\n')
    .map((line) => {
      const [type, pid, , user, tty, , , time] = [...line.matchAll(/\[([^\]]*)\]/g)].map((found) =>
        found[1]?.trim(),
      )
      return {
        type: Number(type),
        pid: Number(pid),
        username: user,
        tty,
        time: Date.parse(time?.replace(/,\d+/, '') ?? '') / 1000,
      }
    })
  expect(fixture.all('SELECT type, pid, username, tty, time FROM last')).toEqual(expected)
})

const told = printed('last', '-w', '--time-format', 'iso', '-f', `${fixtureRoot}/var/log/wtmp`)
test.skipIf(!told)('agrees with last about sign-ins (skipped where there is none)', () => {
  const expected = [...(told ?? '').matchAll(/^(\S+) +(pts\/\d+) .*?(\d{4}-\S+)/gm)].map(
    ([, username, tty, time]) => ({ username, tty, time: Date.parse(time ?? '') / 1000 }),
  )
  expect(expected).toHaveLength(3)
  const sql = 'SELECT username, tty, time FROM last WHERE type = 7 ORDER BY time DESC'
  expect(fixture.all(sql)).toEqual(expected)
})

test('works on this machine', async () => {
  const machine = await openMachine([last])
  for (const row of machine.all('SELECT time FROM last')) expect(Number(row.time)).toBeGreaterThan(0)
  machine.close()
})
