import { column, defineTable } from '../define-table.ts'
import { askDocker } from '../docker/ask-docker.ts'
import { listAt, numberAt, textAt } from '../json/read-json.ts'

/** Docker's kinds by number. */
const kinds = ['C', 'A', 'D']

export default defineTable({
  name: 'docker_container_fs_changes',
  description: 'What a container of Docker changed on its file system since it was made from its image.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the container, or its beginning.', { index: true, required: true }),
    path: column.text('Path of the file or folder inside the container.'),
    change_type: column.text('What happened to it: A added, C changed, D deleted.'),
  },
  examples: [
    "SELECT path, change_type FROM docker_container_fs_changes WHERE id = (SELECT id FROM docker_containers WHERE name = '/web')",
  ],
  estimatedRows: 200,

  *rows(host, scan) {
    for (const id of scan.texts('id') ?? []) {
      const changes = askDocker(host, scan, `/containers/${encodeURIComponent(id)}/changes`)
      for (const change of listAt(changes))
        yield {
          id,
          path: textAt(change, 'Path'),
          change_type: kinds[Number(numberAt(change, 'Kind'))] ?? null,
        }
    }
  },
})
