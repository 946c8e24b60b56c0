import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { web } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_container_stats.ts'

const { engine } = await openDocker(table)

test('shows what a container uses, every column', () => {
  const from = `docker_container_stats WHERE id = '${web}'`
  expect(engine.all(`SELECT * FROM ${from}`)).toEqual([
    {
      id: web,
      name: '/web',
      pids: 3,
      read: 1795507201,
      preread: 1795507200,
      interval: 1250000000,
      disk_read: 5120,
      disk_write: 8192,
      num_procs: 0,
      cpu_total_usage: 4000000000,
      cpu_kernelmode_usage: 1000000000,
      cpu_usermode_usage: 3000000000,
      system_cpu_usage: 4000000000000,
      online_cpus: 2,
      pre_cpu_total_usage: 3999000000,
      pre_cpu_kernelmode_usage: 999750000,
      pre_cpu_usermode_usage: 2999250000,
      pre_system_cpu_usage: 3999000000000,
      pre_online_cpus: 2,
      memory_usage: 9000000,
      memory_cached: 100,
      memory_inactive_file: 2000000,
      memory_total_inactive_file: 2000001,
      memory_max_usage: 9900000,
      memory_limit: 4105412608,
      network_rx_bytes: 5340,
      network_tx_bytes: 649,
    },
  ])
  expect(emptyColumns(engine, table, from)).toEqual([])
})
