import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'

export default defineTable({
  name: 'md_personalities',
  description: 'Kinds of software RAID that the kernel has loaded.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the kind, such as raid1.'),
  },
  examples: ['SELECT name FROM md_personalities'],
  estimatedRows: 3,

  *rows(host, scan) {
    const text = attempt(scan, () => host.read('/proc/mdstat')) ?? ''
    for (const [, name] of /^Personalities :(.*)$/m.exec(text)?.[1]?.matchAll(/\[(\w+)\]/g) ?? [])
      yield { name }
  },
})
