import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { start } from '../testing/tools.ts'
import table from './process_envs.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows variables, and masks the passwords and keys of Quarry alone', () => {
  expect(fixture.all('SELECT * FROM process_envs WHERE pid = 1204')).toEqual([
    { pid: 1204, key: 'USER', value: 'ada' },
    { pid: 1204, key: 'HOME', value: '/home/ada' },
    { pid: 1204, key: 'SHELL', value: '/bin/bash' },
    { pid: 1204, key: 'QUARRY_ADMIN_PASSWORD', value: '********' },
    { pid: 1204, key: 'QUARRY_PORT', value: '8490' },
  ])
  expect(
    fixture.all("SELECT value FROM process_envs WHERE key IN ('PGPASSWORD', 'QUARRY_AGENT_TOKEN')"),
  ).toEqual([{ value: 'not-quarrys-own' }, { value: '********' }])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('reads values with `=`, newlines and nothing in them', async () => {
  const env = { A: 'x=y', B: '', C: 'two\nlines', QUARRY_CLIENT_SECRET: 'hidden', MY_SECRET: 'seen' }
  await using shell = await start('/bin/sh', ['-c', 'echo ready; read line'], { env })
  const rows = machine.all(`SELECT key, value FROM process_envs WHERE pid = ${shell.pid}`)
  expect(Object.fromEntries(rows.map(({ key, value }) => [key, value]))).toEqual({
    ...env,
    QUARRY_CLIENT_SECRET: '********',
  })
})
