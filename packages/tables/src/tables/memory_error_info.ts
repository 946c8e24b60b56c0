import { column, defineTable } from '../define-table.ts'
import { structuresOfType } from '../smbios/structures.ts'
import {
  addressText,
  errorGranularities,
  errorOperations,
  errorTypes,
  handleText,
  wordOf,
} from '../smbios/words.ts'

export default defineTable({
  name: 'memory_error_info',
  description: 'Last errors of the memory that the firmware kept (SMBIOS type 18).',
  platforms: ['linux'],
  columns: {
    handle: column.text('Handle of the structure in hex.'),
    error_type: column.text('Kind of the error; OK for none.'),
    error_granularity: column.text('How exactly its place is known.'),
    error_operation: column.text('What was being done, such as Read.'),
    vendor_syndrome: column.text('What the maker says of it, in hex.'),
    memory_array_error_address: column.text(
      'Its address on the bus of the array in hex; 0x80000000 when not known.',
    ),
    device_error_address: column.text('Its address in the module in hex; 0x80000000 when not known.'),
    error_resolution: column.text('Range in bytes within which it lies, in hex; 0x80000000 when not known.'),
  },
  examples: ["SELECT handle, error_type, error_operation FROM memory_error_info WHERE error_type <> 'OK'"],
  estimatedRows: 2,

  *rows(host, scan) {
    for (const error of structuresOfType(host, scan, 18))
      yield {
        handle: handleText(error.handle),
        error_type: wordOf(errorTypes, error.byte(4)),
        error_granularity: wordOf(errorGranularities, error.byte(5)),
        error_operation: wordOf(errorOperations, error.byte(6)),
        vendor_syndrome: addressText(error.dword(7)),
        memory_array_error_address: addressText(error.dword(0xb)),
        device_error_address: addressText(error.dword(0xf)),
        error_resolution: addressText(error.dword(0x13)),
      }
  },
})
