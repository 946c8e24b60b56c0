import { defaultLimits } from '@quarry/schema/agent/query-codes'
import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openLxd } from '../testing/open-lxd.ts'
import table from './lxd_instance_config.ts'

const { engine } = await openLxd(table)

const sql = "SELECT key, value FROM lxd_instance_config WHERE name = 'web'"

test('shows settings, those of profiles too', () => {
  expect(engine.all(sql)).toEqual([
    { key: 'image.architecture', value: 'amd64' },
    { key: 'image.description', value: 'Alpine 3.20 amd64 (20261101_13:00)' },
    { key: 'image.os', value: 'Alpine' },
    { key: 'volatile.base_image', value: '0931b693c877ef357b9e17b3195ae952a2450873923ffd2b34b60836ea730cfa' },
    { key: 'volatile.last_state.power', value: 'RUNNING' },
    { key: 'environment.DB_PASSWORD', value: 'hush' },
    { key: 'security.privileged', value: 'true' },
  ])
  expect(engine.all("SELECT * FROM lxd_instance_config WHERE name IN ('old one', 'none')")).toEqual([
    { name: 'old one', key: 'volatile.base_image', value: 'aa'.repeat(32) },
  ])
  expect(emptyColumns(engine, table, "lxd_instance_config WHERE name = 'web'")).toEqual([])
})

test('hides secrets from whoever may not read them', () => {
  const rows: unknown[][] = []
  const limits = { ...defaultLimits, cpuShare: 1 }
  const end = engine.run({ sql, readable: [], limits }, { columns() {}, rows: (all) => rows.push(...all) })
  expect(rows.filter(([, value]) => value === null)).toEqual([['environment.DB_PASSWORD', null]])
  expect(end.warnings.map(({ message }) => message)).toEqual([
    'Values of environment variables and of cloud-init need the permission table:docker_container_envs, which whoever asked does not have; they are empty.',
  ])
})
