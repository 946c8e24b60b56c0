import { column, defineTable } from '../define-table.ts'
import { askDocker } from '../docker/ask-docker.ts'
import { bareId, imagesOf } from '../docker/containers.ts'
import { listAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_image_layers',
  description: 'Layers that images of Docker are made of.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the image.', { index: true }),
    layer_id: column.text('Id of the layer, which is the SHA-256 of its contents.'),
    layer_order: column.integer('Place of the layer; 1 is the lowest.'),
  },
  examples: ['SELECT layer_id, count(*) AS images FROM docker_image_layers GROUP BY layer_id'],
  estimatedRows: 100,

  *rows(host, scan) {
    for (const { id } of imagesOf(host, scan)) {
      const image = askDocker(host, scan, `/images/${encodeURIComponent(id)}/json`)
      for (const [index, layer] of listAt(image, 'RootFS', 'Layers').entries())
        yield { id, layer_id: bareId(String(layer)), layer_order: index + 1 }
    }
  },
})
