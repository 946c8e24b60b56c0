import { column, defineTable } from '../define-table.ts'
import { entriesOf } from '../files/text-files.ts'
import type { Parts } from '../host/read-parts.ts'
import { attempt } from '../proc/attempt.ts'

/** Numbers of the registers, from Intel's manual, volume 4. */
const registers = {
  turbo_ratio_limit: 0x1ad,
  platform_info: 0xce,
  perf_ctl: 0x199,
  perf_status: 0x198,
  feature_control: 0x3a,
  rapl_power_limit: 0x610,
  rapl_energy_status: 0x611,
  rapl_power_units: 0x606,
} as const
const MISC_ENABLE = 0x1a0
const TURBO_DISABLED = 38n

export default defineTable({
  name: 'msr',
  description:
    'Model-specific registers of each processor, as Intel numbers them. Empty, with a warning, while the kernel’s module msr is not loaded; a register that the processor has not is NULL.',
  platforms: ['linux'],
  columns: {
    processor_number: column.bigint('Number of the processor.'),
    turbo_disabled: column.bigint('1 when turbo is switched off, else 0.'),
    turbo_ratio_limit: column.bigint('Highest ratios with turbo, one byte for each number of cores.'),
    platform_info: column.bigint('What the platform can do.'),
    perf_ctl: column.bigint('Performance that the system asks for.'),
    perf_status: column.bigint('Performance that the processor runs at.'),
    feature_control: column.bigint(
      'Features that the firmware allowed: bit 0 locked, bits 1 and 2 virtualisation.',
    ),
    rapl_power_limit: column.bigint('Limits of power.'),
    rapl_energy_status: column.bigint('Energy used, in the unit of rapl_power_units.'),
    rapl_power_units: column.bigint('Units of the energy and power registers.'),
  },
  examples: ['SELECT processor_number, feature_control & 1 AS locked FROM msr'],
  estimatedRows: 8,

  *rows(host, scan) {
    const numbers = entriesOf(host, scan, '/dev/cpu').flatMap(({ name }) =>
      /^\d+$/.test(name) && host.exists(`/dev/cpu/${name}/msr`) ? [Number(name)] : [],
    )
    if (numbers.length === 0) scan.warn('The table msr is empty: the kernel’s module msr is not loaded.')
    for (const number of numbers.sort((a, b) => a - b)) {
      const parts = attempt(scan, () => host.open(`/dev/cpu/${number}/msr`, { device: true }))
      if (!parts) continue
      try {
        const misc = scan.uses('turbo_disabled') ? readRegister(parts, MISC_ENABLE) : null
        const values = Object.entries(registers).map(([name, register]) => [
          name,
          scan.uses(name as keyof typeof registers) ? readRegister(parts, register) : null,
        ])
        yield {
          processor_number: number,
          turbo_disabled: misc === null ? null : (misc >> TURBO_DISABLED) & 1n,
          ...(Object.fromEntries(values) as Partial<Record<keyof typeof registers, bigint | null>>),
        }
      } finally {
        parts.close()
      }
    }
  },
})

/** A register by its number, which is the place in the device; null where the processor refuses it. */
function readRegister(parts: Parts, register: number): bigint | null {
  try {
    const bytes = parts.read(register, 8)
    return bytes.length === 8 ? bytes.readBigInt64LE(0) : null
  } catch {
    return null
  }
}
