import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { type Structure, structuresOfType } from '../smbios/structures.ts'
import { readValue } from './read-value.ts'

/** A processor package, in the columns of `cpu_info`. */
export interface Processor {
  device_id: string
  model: string | null
  manufacturer: string | null
  processor_type: string
  cpu_status: number
  number_of_cores: string | null
  logical_processors: number | null
  address_width: string | null
  current_clock_speed: number | null
  max_clock_speed: number | null
  socket_designation: string
}

const POPULATED = 0x40
const IS_64_BIT = 0x4

/** The processor packages by SMBIOS; where there is none, by /proc/cpuinfo. Empty sockets are left out. */
export function processorsOf(host: Host, scan: Pick<Scan, 'warn' | 'once'>): Processor[] {
  // Without root the firmware's own words cannot be read, and the kernel's serve.
  const quiet = { once: scan.once, warn() {} }
  const described = structuresOfType(host, quiet, 4).filter((one) => (one.byte(0x18) ?? 0) & POPULATED)
  return described.length > 0 ? described.map(fromFirmware) : fromKernel(host)
}

function fromFirmware(cpu: Structure, index: number): Processor {
  const socket = cpu.string(4) ?? ''
  const characteristics = cpu.word(0x26)
  return {
    device_id: socket || `CPU${index}`,
    model: cpu.string(0x10),
    manufacturer: cpu.string(7),
    processor_type: String(cpu.byte(5) ?? 2),
    cpu_status: (cpu.byte(0x18) ?? 0) & 7,
    number_of_cores: text(count(cpu, 0x23, 0x2a)),
    logical_processors: count(cpu, 0x25, 0x2e),
    address_width: characteristics === null ? null : characteristics & IS_64_BIT ? '64' : '32',
    current_clock_speed: cpu.word(0x16) || null,
    max_clock_speed: cpu.word(0x14) || null,
    socket_designation: socket,
  }
}

/** A count of one byte; 255 says that it stands in a word elsewhere. */
function count(cpu: Structure, offset: number, wide: number): number | null {
  const value = cpu.byte(offset)
  return value === 0xff ? (cpu.word(wide) ?? value) : value || null
}

const text = (number: number | null) => (number === null ? null : String(number))

function fromKernel(host: Host): Processor[] {
  const packages = new Map<string, Map<string, string>[]>()
  for (const block of (readValue(host, '/proc/cpuinfo') ?? '').split(/\n\s*\n/)) {
    const fields = new Map(
      [...block.matchAll(/^([^\t:]+?)\s*:[ \t]*(.*)$/gm)].map(([, name, value]) => [name!, value!]),
    )
    if (!fields.has('processor')) continue
    const id = fields.get('physical id') ?? '0'
    packages.set(id, [...(packages.get(id) ?? []), fields])
  }
  return [...packages].map(([id, threads]) => {
    const first = threads[0]!
    const cores = new Set(threads.map((thread) => thread.get('core id') ?? thread.get('processor'))).size
    const mhz = Number.parseFloat(first.get('cpu MHz') ?? '')
    const highest = Number(
      readValue(host, '/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq') ?? Number.NaN,
    )
    const flags = first.get('flags')?.split(' ')
    return {
      device_id: `CPU${id}`,
      model: first.get('model name') ?? null,
      manufacturer: first.get('vendor_id') ?? first.get('CPU implementer') ?? null,
      processor_type: '3',
      cpu_status: 1,
      number_of_cores: String(cores),
      logical_processors: threads.length,
      address_width: flags ? (flags.includes('lm') ? '64' : '32') : null,
      current_clock_speed: Number.isNaN(mhz) ? null : Math.round(mhz),
      max_clock_speed: Number.isNaN(highest) ? null : Math.round(highest / 1000),
      socket_designation: '',
    }
  })
}
