import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './msr.ts'

/** Registers lie at their numbers, each 8 bytes; in a plain file neighbours overlap. */
const registers = Buffer.alloc(0x620)
registers.writeBigUInt64LE(0x5n, 0x3a)
registers.writeBigUInt64LE(1n << 38n, 0x1a0)
registers.writeBigUInt64LE(0xa0e03n, 0x606)

test('shows the registers of each processor', async () => {
  const machine = await openRoot([table], {
    '/dev/cpu/0/msr': registers,
    '/dev/cpu/10/msr': Buffer.alloc(0x40, 1),
    '/dev/cpu/microcode': '',
  })
  expect(machine.all('SELECT * FROM msr WHERE processor_number = 0')).toEqual([
    {
      processor_number: 0,
      turbo_disabled: 1,
      turbo_ratio_limit: 0,
      platform_info: 0,
      perf_ctl: 0,
      perf_status: 0,
      feature_control: 5,
      rapl_power_limit: 0,
      rapl_energy_status: 0,
      rapl_power_units: 0xa0e03,
    },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
  // What the processor does not give is NULL.
  expect(machine.all('SELECT processor_number, rapl_power_units FROM msr')).toEqual([
    { processor_number: 0, rapl_power_units: 0xa0e03 },
    { processor_number: 10, rapl_power_units: null },
  ])
  machine.close()
})

test('says that the module is not loaded', async () => {
  const machine = await openRoot([table], { '/dev/cpu/0/cpuid': '' })
  expect(machine.all('SELECT * FROM msr')).toEqual([])
  expect(machine.lastWarnings.map((warning) => warning.message)).toEqual([
    'The table msr is empty: the kernel’s module msr is not loaded.',
  ])
  machine.close()
})
