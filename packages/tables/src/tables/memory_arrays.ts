import { column, defineTable } from '../define-table.ts'
import { structuresOfType } from '../smbios/structures.ts'
import { arrayLocations, arrayUses, errorCorrections, handleText, wordOf } from '../smbios/words.ts'

/** The capacity stands in a longer field then. */
const EXTENDED = 0x80000000
const KIBIBYTES_PER_GIBIBYTE = 1 << 20

export default defineTable({
  name: 'memory_arrays',
  description:
    'Arrays that memory modules are plugged into, as the firmware describes them (SMBIOS type 16).',
  platforms: ['linux'],
  columns: {
    handle: column.text('Handle of the structure in hex.'),
    location: column.text('Where the array is, such as the system board.'),
    use: column.text('What the array is for.'),
    memory_error_correction: column.text('How errors are found or corrected.'),
    max_capacity: column.integer('Most memory that the array takes, in gibibytes.'),
    memory_error_info_handle: column.text(
      'Handle of the last error’s structure; 0xFFFE when none is provided.',
    ),
    number_memory_devices: column.integer('Number of slots.'),
  },
  examples: ['SELECT location, memory_error_correction, number_memory_devices FROM memory_arrays'],
  estimatedRows: 2,

  *rows(host, scan) {
    for (const array of structuresOfType(host, scan, 16)) {
      const kibibytes = array.dword(7)
      const bytes = kibibytes === EXTENDED ? array.qword(0xf) : null
      yield {
        handle: handleText(array.handle),
        location: wordOf(arrayLocations, array.byte(4)),
        use: wordOf(arrayUses, array.byte(5)),
        memory_error_correction: wordOf(errorCorrections, array.byte(6)),
        max_capacity:
          bytes !== null
            ? bytes >> 30n
            : kibibytes === null
              ? null
              : Math.floor(kibibytes / KIBIBYTES_PER_GIBIBYTE),
        memory_error_info_handle: handleText(array.word(0xb)),
        number_memory_devices: array.word(0xd),
      }
    }
  },
})
