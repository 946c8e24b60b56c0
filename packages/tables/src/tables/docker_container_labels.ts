import { column, defineTable } from '../define-table.ts'
import { containersOf } from '../docker/containers.ts'
import { entriesAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_container_labels',
  description: 'Labels of containers of Docker.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the container.', { index: true }),
    key: column.text('Name of the label.', { index: true }),
    value: column.text('Value of the label.'),
  },
  examples: ["SELECT id, value FROM docker_container_labels WHERE key = 'com.docker.compose.project'"],
  estimatedRows: 50,

  *rows(host, scan) {
    for (const { id, listed } of containersOf(host, scan))
      for (const [key, value] of entriesAt(listed, 'Labels')) yield { id, key, value: String(value) }
  },
})
