import { column, defineTable } from '../define-table.ts'
import { mdStat } from '../md/arrays.ts'
import { bitmapOf, progressOf } from '../md/lines.ts'

export default defineTable({
  name: 'md_devices',
  description: 'Arrays of software RAID with their state and the progress of what is done to them.',
  platforms: ['linux'],
  columns: {
    device_name: column.text('Device of the array, such as md0.'),
    status: column.text('State of the array in the kernel’s words, such as clean, active or inactive.'),
    raid_level: column.integer('Level of the RAID; −1 for a linear array, NULL for another kind.'),
    size: column.bigint('Size that each drive gives to the array in bytes.'),
    chunk_size: column.bigint('Size of a chunk in bytes; 0 for a level without chunks.'),
    raid_disks: column.integer('Number of drives that the array should have.'),
    nr_raid_disks: column.integer(
      'Number of drives that belong to it now, spares and failed ones counted in.',
    ),
    working_disks: column.integer('Number of drives that work, spares counted in.'),
    active_disks: column.integer('Number of drives that hold the array’s data now.'),
    failed_disks: column.integer('Number of drives that failed.'),
    spare_disks: column.integer('Number of drives that wait for one to fail.'),
    superblock_state: column.text(
      'State of the array’s metadata: clean, or dirty while something is to be written.',
    ),
    superblock_version: column.text('Version of the array’s metadata, such as 1.2.'),
    superblock_update_time: column.bigint(
      'When the metadata changed last; always NULL, as the kernel tells it only by a call that Quarry does not make.',
    ),
    bitmap_on_mem: column.text('Pages of the bitmap of writes in memory; empty without one.'),
    bitmap_chunk_size: column.text('Size that one bit of it stands for.'),
    bitmap_external_file: column.text('File that holds the bitmap; empty when the array holds it.'),
    recovery_progress: column.text('Progress of a recovery.'),
    recovery_finish: column.text('Time until the recovery ends.'),
    recovery_speed: column.text('Speed of the recovery.'),
    resync_progress: column.text('Progress of a resynchronisation.'),
    resync_finish: column.text('Time until the resynchronisation ends.'),
    resync_speed: column.text('Speed of the resynchronisation.'),
    reshape_progress: column.text('Progress of a change of shape.'),
    reshape_finish: column.text('Time until the change of shape ends.'),
    reshape_speed: column.text('Speed of the change of shape.'),
    check_array_progress: column.text('Progress of a check.'),
    check_array_finish: column.text('Time until the check ends.'),
    check_array_speed: column.text('Speed of the check.'),
    unused_devices: column.text('Devices with metadata that belong to no array.'),
    other: column.text('What else /proc/mdstat says of the array, with its drives.'),
  },
  examples: ['SELECT device_name, status, failed_disks FROM md_devices WHERE failed_disks > 0'],
  estimatedRows: 2,

  *rows(host, scan) {
    const { arrays, unused } = mdStat(host, scan)
    for (const { name, drives, lines, value, number } of arrays) {
      const count = (test: (states: string[], slot: number) => boolean) =>
        drives.filter(({ states, slot }) => test(states, slot)).length
      const level = value('level')
      const state = value('array_state')
      const size = number('component_size')
      yield {
        device_name: name,
        status: state,
        raid_level:
          level === 'linear' ? -1 : level && /^raid\d+$/.test(level) ? Number(level.slice(4)) : null,
        size: size === null ? null : BigInt(size) * 1024n,
        chunk_size: number('chunk_size'),
        raid_disks: number('raid_disks'),
        nr_raid_disks: drives.length,
        working_disks: count((states) => !states.includes('faulty')),
        active_disks: count((states, slot) => slot >= 0 && states.includes('active')),
        failed_disks: count((states) => states.includes('faulty')),
        spare_disks: count((states) => states.includes('spare')),
        superblock_state: state && (/^(active|write-pending)$/.test(state) ? 'dirty' : 'clean'),
        superblock_version: value('metadata_version'),
        ...bitmapOf(lines),
        ...progressOf(lines),
        unused_devices: unused,
        other: lines[0] ?? '',
      }
    }
  },
})
