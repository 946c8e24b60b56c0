import { column, defineTable } from '../define-table.ts'
import { askDocker } from '../docker/ask-docker.ts'
import { imagesOf } from '../docker/containers.ts'
import { listAt, numberAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_image_history',
  description: 'Steps by which images of Docker were built, the last first.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the image.', { index: true }),
    created: column.bigint('When the step was built, in unix seconds.'),
    size: column.bigint('Bytes that the step added.'),
    created_by: column.text('Instruction of the step.'),
    tags: column.text('Names with tags of the image at this step, separated by commas; empty for none.'),
    comment: column.text('Comment of the builder.'),
  },
  examples: ["SELECT id, created_by FROM docker_image_history WHERE created_by LIKE '%curl%'"],
  estimatedRows: 200,

  *rows(host, scan) {
    for (const { id } of imagesOf(host, scan))
      for (const step of listAt(askDocker(host, scan, `/images/${encodeURIComponent(id)}/history`)))
        yield {
          id,
          created: numberAt(step, 'Created'),
          size: numberAt(step, 'Size'),
          created_by: textAt(step, 'CreatedBy'),
          tags: listAt(step, 'Tags').join(','),
          comment: textAt(step, 'Comment'),
        }
  },
})
