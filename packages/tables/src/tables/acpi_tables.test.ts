import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import table from './acpi_tables.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows tables with their hashes', () => {
  expect(fixture.all('SELECT * FROM acpi_tables')).toEqual([
    { name: 'FACP', size: 276, md5: '71d57ac70cd77dac1277adaaa1b2dd28' },
    { name: 'SSDT1', size: 64, md5: '4a3a9ac2c4c395ae77043307e7ed2ba5' },
  ])
})

const sums = printed('sh', '-c', 'cd /sys/firmware/acpi/tables && md5sum [A-Z]*')
test.skipIf(!sums)(
  'agrees with md5sum (skipped where there are no tables, or the agent may not read them)',
  () => {
    const expected = (sums ?? '')
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/))
      .map(([md5, name]) => ({ name, md5 }))
    expect(machine.all('SELECT name, md5 FROM acpi_tables')).toEqual(expected)
  },
)
