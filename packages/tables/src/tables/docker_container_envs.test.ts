import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { job, web } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_container_envs.ts'

const { engine } = await openDocker(table)

test('takes variables apart at their first equals sign', () => {
  expect(engine.all('SELECT * FROM docker_container_envs')).toEqual([
    { id: web, key: 'PATH', value: '/usr/bin:/bin' },
    { id: web, key: 'DB_PASSWORD', value: 'a=b' },
    { id: job, key: 'EMPTY', value: '' },
  ])
  expect(engine.all(`SELECT key FROM docker_container_envs WHERE id = '${job}'`)).toEqual([{ key: 'EMPTY' }])
  expect(emptyColumns(engine, table)).toEqual([])
})
