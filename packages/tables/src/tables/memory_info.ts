import { column, defineTable } from '../define-table.ts'
import { readValue } from '../system/read-value.ts'

export default defineTable({
  name: 'memory_info',
  description: 'How the memory of the machine is used, in bytes.',
  platforms: ['linux'],
  columns: {
    memory_total: column.bigint('Memory that the system can use.'),
    memory_free: column.bigint('Memory that nothing uses.'),
    memory_available: column.bigint('Memory that a new program could have without swapping.'),
    buffers: column.bigint('Memory for raw blocks of disks.'),
    cached: column.bigint('Memory for the contents of files.'),
    swap_cached: column.bigint('Memory that was swapped out, is back, and is still in the swap.'),
    active: column.bigint('Memory that was used lately.'),
    inactive: column.bigint('Memory that was not used lately and is given away first.'),
    swap_total: column.bigint('Size of the swap.'),
    swap_free: column.bigint('Part of the swap that is free.'),
  },
  examples: ['SELECT memory_available * 100 / memory_total AS percent FROM memory_info'],
  estimatedRows: 1,

  *rows(host, scan) {
    const text = readValue(host, '/proc/meminfo')
    if (!text) return scan.warn('/proc/meminfo could not be read.')
    const bytes = (name: string) => {
      const kibibytes = new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(text)?.[1]
      return kibibytes === undefined ? null : BigInt(kibibytes) * 1024n
    }
    yield {
      memory_total: bytes('MemTotal'),
      memory_free: bytes('MemFree'),
      memory_available: bytes('MemAvailable'),
      buffers: bytes('Buffers'),
      cached: bytes('Cached'),
      swap_cached: bytes('SwapCached'),
      active: bytes('Active'),
      inactive: bytes('Inactive'),
      swap_total: bytes('SwapTotal'),
      swap_free: bytes('SwapFree'),
    }
  },
})
