import { column, defineTable } from '../define-table.ts'
import { rangeOf } from '../smbios/address-ranges.ts'
import { structuresOfType } from '../smbios/structures.ts'
import { addressText, handleText } from '../smbios/words.ts'

export default defineTable({
  name: 'memory_device_mapped_addresses',
  description: 'Addresses that modules of memory answer to, as the firmware describes them (SMBIOS type 20).',
  platforms: ['linux'],
  columns: {
    handle: column.text('Handle of the structure in hex.'),
    memory_device_handle: column.text('Handle of the module.'),
    memory_array_mapped_address_handle: column.text('Handle of the array’s range of addresses.'),
    starting_address: column.text('First address in hex.'),
    ending_address: column.text('Last address in hex.'),
    partition_row_position: column.integer('Place of the module in a row; 255 when not known.'),
    interleave_position: column.integer(
      'Place of the module in the interleaving; 0 for none, 255 when not known.',
    ),
    interleave_data_depth: column.integer(
      'Consecutive rows that it gives at a time; 0 for none, 255 when not known.',
    ),
  },
  examples: [
    'SELECT memory_device_handle, starting_address, ending_address FROM memory_device_mapped_addresses',
  ],
  estimatedRows: 8,

  *rows(host, scan) {
    for (const range of structuresOfType(host, scan, 20)) {
      const { start, end } = rangeOf(range, 0x13)
      yield {
        handle: handleText(range.handle),
        memory_device_handle: handleText(range.word(0xc)),
        memory_array_mapped_address_handle: handleText(range.word(0xe)),
        starting_address: addressText(start),
        ending_address: addressText(end),
        partition_row_position: range.byte(0x10),
        interleave_position: range.byte(0x11),
        interleave_data_depth: range.byte(0x12),
      }
    }
  },
})
