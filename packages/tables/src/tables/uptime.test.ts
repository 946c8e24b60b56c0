import { uptime as osUptime } from 'node:os'
import { expect, test } from 'vitest'
import { openFixture, openMachine } from '../fixture.ts'
import uptime from './uptime.ts'

test('cuts the time since the start into days, hours, minutes and seconds', async () => {
  const fixture = await openFixture([uptime])
  expect(fixture.all('SELECT * FROM uptime')).toEqual([
    { days: 1, hours: 2, minutes: 3, seconds: 4, total_seconds: 93784 },
  ])
})

test('agrees with the system', async () => {
  const machine = await openMachine([uptime])
  const before = Math.floor(osUptime())
  const total = Number(machine.all('SELECT total_seconds FROM uptime')[0]?.total_seconds)
  expect(total).toBeGreaterThanOrEqual(before)
  expect(total).toBeLessThanOrEqual(Math.ceil(osUptime()))
  machine.close()
})
