import type { SensitiveTable } from '@quarry/schema'
import { defaultLimits } from '@quarry/schema/agent/query-codes'
import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { image, job, web } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_containers.ts'

const { engine, stub } = await openDocker(table)

test('shows a container that runs', () => {
  expect(engine.all("SELECT * FROM docker_containers WHERE name = '/web'")).toEqual([
    {
      id: web,
      name: '/web',
      image: 'nginx:1.29',
      image_id: image,
      command: '"/docker-entrypoint.sh nginx -g \'daemon off;\'"',
      created: 1795400000,
      state: 'running',
      status: 'Up 3 hours',
      pid: 4242,
      path: '/docker-entrypoint.sh',
      config_entrypoint: '/docker-entrypoint.sh, nginx',
      started_at: '2026-11-24T05:00:00.5Z',
      finished_at: '0001-01-01T00:00:00Z',
      privileged: 1,
      security_options: 'label=disable, no-new-privileges',
      env_variables: 'PATH=/usr/bin:/bin, DB_PASSWORD=a=b',
      readonly_rootfs: 0,
      cgroup_namespace: '4026532100',
      ipc_namespace: '4026532101',
      mnt_namespace: '4026532102',
      net_namespace: '4026532103',
      pid_namespace: '4026532104',
      user_namespace: '4026532105',
      uts_namespace: '4026532106',
    },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})

test('shows one that has ended', () => {
  expect(
    engine.all(
      `SELECT state, pid, privileged, readonly_rootfs, net_namespace FROM docker_containers WHERE id = '${job}'`,
    ),
  ).toEqual([{ state: 'exited', pid: 0, privileged: 0, readonly_rootfs: 1, net_namespace: null }])
})

test('looks into a container only for columns that need it, and only into those asked for', async () => {
  const before = (await stub.asked()).length
  engine.all('SELECT id, name, status FROM docker_containers')
  engine.all(`SELECT pid FROM docker_containers WHERE id = '${job}'`)
  expect((await stub.asked()).slice(before)).toEqual([
    'GET /containers/json?all=1',
    'GET /containers/json?all=1',
    `GET /containers/${job}/json`,
  ])
})

test('shows environment variables to those alone who may read docker_container_envs', () => {
  const ask = (sql: string, readable: SensitiveTable[]) => {
    const rows: unknown[][] = []
    const end = engine.run(
      { sql, readable, limits: { ...defaultLimits, cpuShare: 1 } },
      { columns() {}, rows: (batch) => rows.push(...batch) },
    )
    return { rows, warnings: end.warnings?.map(({ message }) => message) }
  }
  const sql = `SELECT id, env_variables FROM docker_containers WHERE id = '${web}'`
  expect(ask(sql, ['docker_container_envs'])).toEqual({
    rows: [[web, 'PATH=/usr/bin:/bin, DB_PASSWORD=a=b']],
    warnings: [],
  })
  const refused = [
    'The column env_variables needs the permission table:docker_container_envs, which whoever asked does not have; it is empty.',
  ]
  expect(ask(sql, ['process_envs'])).toEqual({ rows: [[web, null]], warnings: refused })
  expect(ask("SELECT id FROM docker_containers WHERE env_variables LIKE '%a=b%'", [])).toEqual({
    rows: [],
    warnings: refused,
  })
  expect(ask(`SELECT id FROM docker_containers WHERE id = '${web}'`, [])).toEqual({
    rows: [[web]],
    warnings: [],
  })
})
