import { column, defineTable } from '../define-table.ts'
import { structuresOfType } from '../smbios/structures.ts'
import { handleText } from '../smbios/words.ts'

export default defineTable({
  name: 'oem_strings',
  description: 'Free texts that the maker of the machine left in its firmware (SMBIOS type 11).',
  platforms: ['linux'],
  columns: {
    handle: column.text('Handle of the structure in hex.'),
    number: column.integer('Place of the text in the structure, counted from 1.'),
    value: column.text('The text.'),
  },
  examples: ['SELECT number, value FROM oem_strings'],
  estimatedRows: 10,

  *rows(host, scan) {
    for (const { handle, strings } of structuresOfType(host, scan, 11))
      for (const [index, value] of strings.entries())
        yield { handle: handleText(handle), number: index + 1, value }
  },
})
