import { column, defineTable } from '../define-table.ts'
import { containersOf, inspect } from '../docker/containers.ts'
import { listAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_container_envs',
  description:
    'Environment variables that containers of Docker are given. They often hold passwords, so the table needs a permission of its own.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the container.', { index: true }),
    key: column.text('Name of the variable.'),
    value: column.text('Value of the variable.'),
  },
  examples: ["SELECT id, key FROM docker_container_envs WHERE key LIKE '%PASSWORD%'"],
  estimatedRows: 100,

  *rows(host, scan) {
    for (const { id } of containersOf(host, scan))
      for (const variable of listAt(inspect(host, scan, id), 'Config', 'Env')) {
        const [, key, value = ''] = /^([^=]*)=?([\s\S]*)$/.exec(String(variable)) ?? []
        yield { id, key, value }
      }
  },
})
