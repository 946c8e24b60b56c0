import { readlinkSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { mayUnshare, start } from '../testing/tools.ts'
import table from './process_namespaces.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('tells a container from the host', () => {
  expect(fixture.all('SELECT * FROM process_namespaces WHERE pid IN (1, 1502)')).toEqual([
    {
      pid: 1,
      cgroup_namespace: '4026531835',
      ipc_namespace: '4026531839',
      mnt_namespace: '4026531841',
      net_namespace: '4026531840',
      pid_namespace: '4026531836',
      user_namespace: '4026531837',
      uts_namespace: '4026531838',
    },
    {
      pid: 1502,
      cgroup_namespace: '4026531835',
      ipc_namespace: '4026532399',
      mnt_namespace: '4026532398',
      net_namespace: '4026532401',
      pid_namespace: '4026532400',
      user_namespace: '4026531837',
      uts_namespace: '4026532402',
    },
  ])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
  expect(emptyColumns(machine, table)).toEqual([])
})

test.skipIf(!mayUnshare())(
  'sees a process move to another namespace (skipped where none can be made)',
  async () => {
    await using inside = await start('unshare', ['-n', '/bin/sh', '-c', 'echo ready; read line'])
    const query = (pid: number) =>
      machine.all(`SELECT net_namespace, uts_namespace FROM process_namespaces WHERE pid = ${pid}`)
    const [[mine], [theirs]] = [query(process.pid), query(inside.pid)]
    expect(readlinkSync('/proc/self/ns/net')).toBe(`net:[${mine?.net_namespace}]`)
    expect(theirs?.uts_namespace).toBe(mine?.uts_namespace)
    expect(theirs?.net_namespace).not.toBe(mine?.net_namespace)
  },
)
