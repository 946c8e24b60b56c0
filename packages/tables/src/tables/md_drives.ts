import { column, defineTable } from '../define-table.ts'
import { mdArrays } from '../md/arrays.ts'

export default defineTable({
  name: 'md_drives',
  description: 'Drives that arrays of software RAID are made of.',
  platforms: ['linux'],
  columns: {
    md_device_name: column.text('Device of the array, such as md0.'),
    drive_name: column.text('Device of the drive, such as /dev/sdb1.', { pivotType: 'filePath' }),
    slot: column.integer('Place of the drive in the array; −1 for a spare or failed one.'),
    state: column.text(
      'State: active, faulty, spare, recovering, replacement or write-mostly, separated by commas.',
    ),
  },
  examples: ["SELECT md_device_name, drive_name FROM md_drives WHERE state LIKE '%faulty%'"],
  estimatedRows: 6,

  *rows(host, scan) {
    for (const array of mdArrays(host, scan))
      for (const drive of array.drives)
        yield {
          md_device_name: array.name,
          drive_name: `/dev/${drive.name}`,
          slot: drive.slot,
          state: drive.states.join(','),
        }
  },
})
