import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { job, web } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_container_fs_changes.ts'

const { engine } = await openDocker(table)

test('shows what was changed, added and deleted', () => {
  const from = `docker_container_fs_changes WHERE id IN ('${web}', '${job}', 'none')`
  expect(engine.all(`SELECT * FROM ${from}`)).toEqual([
    { id: web, path: '/run', change_type: 'C' },
    { id: web, path: '/run/nginx.pid', change_type: 'A' },
    { id: web, path: '/etc/motd', change_type: 'D' },
  ])
  expect(engine.lastWarnings).toEqual([])
  expect(emptyColumns(engine, table, from)).toEqual([])
})
