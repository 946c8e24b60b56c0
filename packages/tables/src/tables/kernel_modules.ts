import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'

export default defineTable({
  name: 'kernel_modules',
  description: 'Modules that are loaded into the kernel; empty for a kernel without modules.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the module.'),
    size: column.bigint('Memory of the module in bytes.'),
    used_by: column.text('Modules that need it, separated by commas; a dash for none.'),
    status: column.text('State: Live, Loading or Unloading.'),
    address: column.text('Address in the kernel’s memory in hex; all zeros for those who are not root.'),
  },
  examples: ["SELECT name, size, used_by FROM kernel_modules WHERE used_by <> '-'"],
  estimatedRows: 120,

  *rows(host, scan) {
    for (const line of (attempt(scan, () => host.read('/proc/modules')) ?? '').split('\n')) {
      const [name, size, , users = '-', status, address] = line.split(' ')
      if (!name || !size) continue
      yield { name, size: BigInt(size), used_by: users.replace(/,$/, ''), status, address }
    }
  },
})
