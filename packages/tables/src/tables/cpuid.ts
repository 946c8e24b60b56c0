import { column, defineTable } from '../define-table.ts'
import { cpuFeatures } from '../hardware/cpu-features.ts'
import type { Host } from '../host/host.ts'
import { readValue } from '../system/read-value.ts'

const device = '/dev/cpu/0/cpuid'
const offsets = { ebx: 4, ecx: 8, edx: 12 }

export default defineTable({
  name: 'cpuid',
  description:
    'What the first processor says of itself through the instruction CPUID, on x86. Without the kernel’s device for it the flags of /proc/cpuinfo serve, which leave out what the kernel switched off.',
  platforms: ['linux'],
  columns: {
    feature: column.text('Name of the feature; `vendor` for the maker.'),
    value: column.text('1 when the processor has it, else 0; a text for the vendor.'),
    output_register: column.text('Register of the answer that says so.'),
    output_bit: column.integer('Bit in that register.'),
    input_eax: column.text('Number of the question, which is put in the register EAX.'),
  },
  examples: ["SELECT feature FROM cpuid WHERE value = '1' AND feature IN ('vmx', 'aes', 'smep')"],
  estimatedRows: 90,

  *rows(host) {
    const cpuinfo = readValue(host, '/proc/cpuinfo') ?? ''
    const field = (name: string) => new RegExp(`^${name}\\s*: (.*)$`, 'm').exec(cpuinfo)?.[1]
    const vendor = field('vendor_id')
    // Other processors have no such instruction.
    if (!vendor) return
    yield { feature: 'vendor', value: vendor, output_register: 'ebx,edx,ecx', output_bit: 0, input_eax: '0' }
    const flags = new Set(field('flags')?.split(' '))
    const answers = askProcessor(host)
    for (const { name, leaf, register, bit, flag } of cpuFeatures) {
      const answer = answers?.get(leaf)?.readUInt32LE(offsets[register])
      if (answer === undefined && flag === undefined) continue
      const has = answer === undefined ? flags.has(flag ?? '') : ((answer >>> bit) & 1) === 1
      yield {
        feature: name,
        value: has ? '1' : '0',
        output_register: register,
        output_bit: bit,
        input_eax: String(leaf),
      }
    }
  },
})

/** The answers to questions 1 and 7: 16 bytes each, EAX first; undefined where the device is absent or closed. */
function askProcessor(host: Host): Map<number, Buffer> | undefined {
  try {
    const parts = host.open(device, { device: true })
    try {
      const highest = parts.read(0, 16).readUInt32LE(0)
      return new Map([1, 7].filter((leaf) => leaf <= highest).map((leaf) => [leaf, parts.read(leaf, 16)]))
    } finally {
      parts.close()
    }
  } catch {
    return undefined
  }
}
