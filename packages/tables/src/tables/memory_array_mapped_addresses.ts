import { column, defineTable } from '../define-table.ts'
import { rangeOf } from '../smbios/address-ranges.ts'
import { structuresOfType } from '../smbios/structures.ts'
import { addressText, handleText } from '../smbios/words.ts'

export default defineTable({
  name: 'memory_array_mapped_addresses',
  description: 'Addresses that arrays of memory answer to, as the firmware describes them (SMBIOS type 19).',
  platforms: ['linux'],
  columns: {
    handle: column.text('Handle of the structure in hex.'),
    memory_array_handle: column.text('Handle of the array.'),
    starting_address: column.text('First address in hex.'),
    ending_address: column.text('Last address in hex.'),
    partition_width: column.integer('Number of modules that form one row of memory.'),
  },
  examples: [
    'SELECT memory_array_handle, starting_address, ending_address FROM memory_array_mapped_addresses',
  ],
  estimatedRows: 2,

  *rows(host, scan) {
    for (const range of structuresOfType(host, scan, 19)) {
      const { start, end } = rangeOf(range, 0xf)
      yield {
        handle: handleText(range.handle),
        memory_array_handle: handleText(range.word(0xc)),
        starting_address: addressText(start),
        ending_address: addressText(end),
        partition_width: range.byte(0xe),
      }
    }
  },
})
