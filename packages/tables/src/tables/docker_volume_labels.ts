import { column, defineTable } from '../define-table.ts'
import { volumesOf } from '../docker/containers.ts'
import { entriesAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_volume_labels',
  description: 'Labels of volumes of Docker.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the volume.', { index: true }),
    key: column.text('Name of the label.', { index: true }),
    value: column.text('Value of the label.'),
  },
  examples: ['SELECT name, key, value FROM docker_volume_labels'],
  estimatedRows: 50,

  *rows(host, scan) {
    for (const volume of volumesOf(host, scan))
      for (const [key, value] of entriesAt(volume, 'Labels'))
        yield { name: textAt(volume, 'Name'), key, value: String(value) }
  },
})
