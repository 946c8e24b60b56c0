import { createHash } from 'node:crypto'
import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'

const folder = '/sys/firmware/acpi/tables'

export default defineTable({
  name: 'acpi_tables',
  description: 'Tables of ACPI that the firmware gives to the kernel.',
  platforms: ['linux'],
  columns: {
    name: column.text('Signature of the table, with a number when there are several.'),
    size: column.integer('Size in bytes.'),
    md5: column.text('MD5 of the table; NULL when the agent may not read it.'),
  },
  examples: ["SELECT name, size, md5 FROM acpi_tables WHERE name LIKE 'SSDT%'"],
  estimatedRows: 20,

  *rows(host, scan) {
    const entries = attempt(scan, () => host.entries(folder)) ?? []
    const names = entries.filter((entry) => !entry.folder).map((entry) => entry.name)
    for (const name of names.sort()) {
      const path = `${folder}/${name}`
      // What the kernel says of the size of some files of /sys is not what they hold.
      const bytes =
        scan.uses('md5') || scan.uses('size') ? attempt(scan, () => host.readBytes(path)) : undefined
      yield {
        name,
        size: bytes?.length ?? null,
        md5: bytes ? createHash('md5').update(bytes).digest('hex') : null,
      }
    }
  },
})
