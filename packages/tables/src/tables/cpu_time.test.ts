import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './cpu_time.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows each processor', () => {
  expect(fixture.all('SELECT * FROM cpu_time')).toMatchObject([
    {
      core: 0,
      user: 60,
      nice: 0,
      system: 50,
      idle: 520,
      iowait: 3,
      irq: 1,
      softirq: 2,
      steal: 4,
      guest: 5,
      guest_nice: 6,
    },
    { core: 1, user: 40, idle: 480, guest_nice: 0 },
  ])
})

test('moves between two readings of the kernel’s own file', () => {
  const user = () => Number(/^cpu0 (\d+)/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])
  const before = user()
  const now = Number(machine.all('SELECT user FROM cpu_time WHERE core = 0')[0]?.user)
  expect(now).toBeGreaterThanOrEqual(before)
  expect(now).toBeLessThanOrEqual(user())
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})
