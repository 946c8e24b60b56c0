import { column, defineTable } from '../define-table.ts'
import { askDocker } from '../docker/ask-docker.ts'
import { bareId } from '../docker/containers.ts'
import { listAt, numberAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_images',
  description: 'Images of Docker on this machine.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the image.'),
    created: column.bigint('Creation in unix seconds.'),
    size_bytes: column.bigint('Size in bytes, shared layers counted in.'),
    tags: column.text('Names of the image with their tags, separated by commas; empty for none.'),
  },
  examples: ['SELECT tags, size_bytes FROM docker_images ORDER BY size_bytes DESC'],
  estimatedRows: 20,

  *rows(host, scan) {
    for (const image of listAt(askDocker(host, scan, '/images/json')))
      yield {
        id: bareId(textAt(image, 'Id')),
        created: numberAt(image, 'Created'),
        size_bytes: numberAt(image, 'Size'),
        tags: listAt(image, 'RepoTags').join(','),
      }
  },
})
