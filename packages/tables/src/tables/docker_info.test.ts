import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_info.ts'

const { engine } = await openDocker(table)

test('shows the engine, flags as 0 and 1', () => {
  expect(engine.all('SELECT * FROM docker_info')).toMatchObject([
    {
      containers: 2,
      containers_running: 1,
      storage_driver: 'overlay2',
      memory_limit: 1,
      bridge_nf_ip6tables: 0,
      oom_kill_disable: 0,
      cpus: 2,
      memory: 4105412608,
      http_proxy: 'http://proxy.example:3128',
      https_proxy: '',
      name: 'web-01',
      root_dir: '/var/lib/docker',
    },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})
