import { createHash } from 'node:crypto'
import { column, defineTable } from '../define-table.ts'
import { structuresOf } from '../smbios/structures.ts'
import { typeWords } from '../smbios/words.ts'

export default defineTable({
  name: 'smbios_tables',
  description: 'Structures of SMBIOS, in which the firmware describes the machine. Only root may read them.',
  platforms: ['linux'],
  columns: {
    number: column.integer('Place of the structure, counted from 0.'),
    type: column.integer('Type of the structure by number.'),
    description: column.text('What the type describes.'),
    handle: column.integer('Handle by which other structures name it.'),
    header_size: column.integer('Size of its fixed part in bytes.'),
    size: column.integer('Size with its strings in bytes.'),
    md5: column.text('MD5 of the structure with its strings.'),
  },
  examples: ['SELECT number, description, size, md5 FROM smbios_tables WHERE type = 0'],
  estimatedRows: 60,

  *rows(host, scan) {
    for (const [number, { type, handle, headerSize, size, bytes }] of structuresOf(host, scan).entries())
      yield {
        number,
        type,
        description: typeWords[type] ?? (type >= 128 ? 'OEM-specific' : 'Unknown'),
        handle,
        header_size: headerSize,
        size,
        md5: scan.uses('md5') ? createHash('md5').update(bytes).digest('hex') : null,
      }
  },
})
