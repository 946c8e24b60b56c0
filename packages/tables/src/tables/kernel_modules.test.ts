import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import table from './kernel_modules.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows modules and who needs them', () => {
  expect(fixture.all("SELECT * FROM kernel_modules WHERE name IN ('jbd2', 'crc32_generic')")).toEqual([
    { name: 'crc32_generic', size: 16384, used_by: '-', status: 'Live', address: '0xffffffffc0900000' },
    { name: 'jbd2', size: 184320, used_by: 'ext4', status: 'Live', address: '0xffffffffc0360000' },
  ])
})

const lsmod = printed('lsmod')
test.skipIf(!lsmod)('agrees with lsmod (skipped where there is none, or a kernel without modules)', () => {
  const lines = (lsmod ?? '').trim().split('\n').slice(1)
  const expected = lines
    .map((line) => line.split(/\s+/))
    .map(([name, size]) => ({ name, size: Number(size) }))
  expect(machine.all('SELECT name, size FROM kernel_modules')).toEqual(expected)
})
