import { column, defineTable } from '../define-table.ts'
import { volumesOf } from '../docker/containers.ts'
import { textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_volumes',
  description: 'Volumes of Docker, in which containers keep data.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the volume.', { index: true }),
    driver: column.text('Driver that keeps the volume; local for a folder of this machine.'),
    mount_point: column.text('Folder of the volume on this machine.', { pivotType: 'filePath' }),
    type: column.text(
      'Type of the file system that the volume was made with, such as nfs; empty for a plain folder.',
    ),
  },
  examples: ['SELECT name, mount_point FROM docker_volumes'],
  estimatedRows: 20,

  *rows(host, scan) {
    for (const volume of volumesOf(host, scan))
      yield {
        name: textAt(volume, 'Name'),
        driver: textAt(volume, 'Driver'),
        mount_point: textAt(volume, 'Mountpoint'),
        type: textAt(volume, 'Options', 'type') ?? '',
      }
  },
})
