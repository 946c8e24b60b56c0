import { column, defineTable } from '../define-table.ts'
import { networksOf } from '../docker/containers.ts'
import { entriesAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_network_labels',
  description: 'Labels of networks of Docker.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the network.', { index: true }),
    key: column.text('Name of the label.'),
    value: column.text('Value of the label.'),
  },
  examples: ['SELECT id, key, value FROM docker_network_labels'],
  estimatedRows: 50,

  *rows(host, scan) {
    for (const { id, listed } of networksOf(host, scan))
      for (const [key, value] of entriesAt(listed, 'Labels')) yield { id, key, value: String(value) }
  },
})
