import { column, defineTable } from '../define-table.ts'
import { imagesOf } from '../docker/containers.ts'
import { entriesAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_image_labels',
  description: 'Labels of images of Docker.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the image.', { index: true }),
    key: column.text('Name of the label.'),
    value: column.text('Value of the label.'),
  },
  examples: ["SELECT id, value FROM docker_image_labels WHERE key = 'maintainer'"],
  estimatedRows: 50,

  *rows(host, scan) {
    for (const { id, listed } of imagesOf(host, scan))
      for (const [key, value] of entriesAt(listed, 'Labels')) yield { id, key, value: String(value) }
  },
})
