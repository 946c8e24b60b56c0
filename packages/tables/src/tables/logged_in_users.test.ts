import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import loggedInUsers from './logged_in_users.ts'

test('reads who is signed in, and the start of the device', async () => {
  const fixture = await openFixture([loggedInUsers])
  expect(fixture.all("SELECT * FROM logged_in_users WHERE type = 'user'")).toEqual([
    { type: 'user', user: 'ada', tty: 'pts/0', host: '198.51.100.7', time: 1795462811, pid: 1204 },
  ])
  expect(fixture.all('SELECT type FROM logged_in_users').map((row) => row.type)).toEqual([
    'boot_time',
    'runlevel',
    'login',
    'user',
  ])
})

test('without utmp it reads the sessions of systemd-logind', async () => {
  const root = mkdtempSync(join(tmpdir(), 'quarry-'))
  const folder = join(root, 'run/systemd/sessions')
  mkdirSync(folder, { recursive: true })
  const session =
    'UID=1000\nUSER=ada\nCLASS=user\nTTY=pts/1\nREMOTE_HOST=198.51.100.7\nLEADER=1204\nREALTIME=1795462811500000\n'
  writeFileSync(join(folder, '3'), session)
  writeFileSync(join(folder, '1'), session.replace('CLASS=user', 'CLASS=manager'))
  const machine = await openFixture([loggedInUsers], { root })
  expect(machine.all('SELECT * FROM logged_in_users')).toEqual([
    { type: 'user', user: 'ada', tty: 'pts/1', host: '198.51.100.7', time: 1795462811, pid: 1204 },
  ])
  rmSync(join(root, 'run'), { recursive: true })
  expect(machine.all('SELECT * FROM logged_in_users')).toEqual([])
  expect(machine.lastWarnings.map(({ code }) => code)).toEqual(['table_unavailable'])
  machine.close()
  rmSync(root, { recursive: true })
})

const who = printed('who')
test.skipIf(who === undefined)('agrees with who (skipped where there is none)', async () => {
  const machine = await openMachine([loggedInUsers])
  const rows = machine.all("SELECT user || ' ' || tty AS line FROM logged_in_users WHERE type = 'user'")
  const expected = who
    ?.split('\n')
    .filter(Boolean)
    .map((line) => line.split(/\s+/, 2).join(' '))
  expect(rows.map((row) => row.line).sort()).toEqual(expected?.sort())
  machine.close()
})
