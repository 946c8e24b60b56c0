import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import table from './system_controls.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows settings, their value in force and the one configured', () => {
  const names =
    "('net.ipv4.ip_forward', 'net.ipv4.conf.eth0/5.rp_filter', 'net.ipv4.tcp_rmem', 'no.such', 'kernel./../version')"
  expect(
    fixture.all(
      `SELECT * FROM system_controls WHERE name IN ${names} ORDER BY length(current_value), current_value`,
    ),
  ).toEqual([
    {
      name: 'net.ipv4.ip_forward',
      oid: '',
      subsystem: 'net',
      current_value: '1',
      config_value: '1',
      type: 'string',
    },
    {
      name: 'net.ipv4.conf.eth0/5.rp_filter',
      oid: '',
      subsystem: 'net',
      current_value: '2',
      config_value: '2',
      type: 'string',
    },
    {
      name: 'net.ipv4.tcp_rmem',
      oid: '',
      subsystem: 'net',
      current_value: '4096\t131072\t6291456',
      config_value: '',
      type: 'string',
    },
  ])
})

test('keeps to a subsystem', () => {
  expect(
    fixture.all(
      "SELECT name, config_value FROM system_controls WHERE subsystem = 'kernel' AND name LIKE '%SPACE'",
    ),
  ).toEqual([{ name: 'kernel.randomize_va_space', config_value: '2' }])
  expect(fixture.all("SELECT name FROM system_controls WHERE subsystem IN ('..', 'kernel/../..')")).toEqual(
    [],
  )
})

const sysctl = printed('sysctl', '-a')
test.skipIf(!sysctl)('agrees with sysctl (skipped where there is none)', () => {
  const steady = /^(fs\.(inotify|protected)|kernel\.(randomize|yama|sched)|net\.(core|ipv4|ipv6\.conf)\.)/
  const printedLines = (sysctl ?? '')
    .split('\n')
    .filter((line) => steady.test(line) && !line.includes('Permission'))
  const rows = machine.all('SELECT name, current_value FROM system_controls WHERE current_value IS NOT NULL')
  const ours = new Set(rows.map(({ name, current_value }) => `${name} = ${current_value}`))
  expect(printedLines.length).toBeGreaterThan(50)
  expect(printedLines.filter((line) => !ours.has(line))).toEqual([])
})
