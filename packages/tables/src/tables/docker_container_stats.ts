import { column, defineTable } from '../define-table.ts'
import { askDocker } from '../docker/ask-docker.ts'
import { secondsOf } from '../docker/containers.ts'
import { intervalOf, sumOf } from '../docker/stats.ts'
import { at, entriesAt, listAt, numberAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_container_stats',
  description:
    'What a container of Docker uses now. Docker measures for one to two seconds before it answers.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the container, or its beginning.', { index: true, required: true }),
    name: column.text('Name of the container, with a slash before it.', { index: true }),
    pids: column.integer('Number of its processes and threads.'),
    read: column.bigint('When it was measured, in unix seconds.'),
    preread: column.bigint('When it was measured before, in unix seconds.'),
    interval: column.bigint('Time between the two measurements in nanoseconds.'),
    disk_read: column.bigint('Bytes read from disks since the start.'),
    disk_write: column.bigint('Bytes written to disks since the start.'),
    num_procs: column.integer('Number of processors, for containers of Windows; 0 on Linux.'),
    cpu_total_usage: column.bigint('CPU time since the start in nanoseconds.'),
    cpu_kernelmode_usage: column.bigint('CPU time in the kernel in nanoseconds.'),
    cpu_usermode_usage: column.bigint('CPU time in programs in nanoseconds.'),
    system_cpu_usage: column.bigint('CPU time of the whole machine in nanoseconds.'),
    online_cpus: column.integer('Number of processors.'),
    pre_cpu_total_usage: column.bigint('CPU time at the measurement before, in nanoseconds.'),
    pre_cpu_kernelmode_usage: column.bigint(
      'CPU time in the kernel at the measurement before, in nanoseconds.',
    ),
    pre_cpu_usermode_usage: column.bigint('CPU time in programs at the measurement before, in nanoseconds.'),
    pre_system_cpu_usage: column.bigint('CPU time of the machine at the measurement before, in nanoseconds.'),
    pre_online_cpus: column.integer('Number of processors at the measurement before.'),
    memory_usage: column.bigint('Memory in use in bytes, with the cache of files.'),
    memory_cached: column.bigint('Of that, cache of files in bytes; NULL with control groups of version 2.'),
    memory_inactive_file: column.bigint('Of that, cache of files not used lately, in bytes.'),
    memory_total_inactive_file: column.bigint(
      'The same with the groups below, in bytes; NULL with control groups of version 2.',
    ),
    memory_max_usage: column.bigint('Most memory ever used in bytes; NULL with control groups of version 2.'),
    memory_limit: column.bigint('Memory that the container may use in bytes.'),
    network_rx_bytes: column.bigint('Bytes received over networks since the start.'),
    network_tx_bytes: column.bigint('Bytes sent over networks since the start.'),
  },
  examples: [
    "SELECT c.name, s.memory_usage FROM docker_containers c JOIN docker_container_stats s USING (id) WHERE c.state = 'running'",
  ],
  estimatedRows: 1,

  *rows(host, scan) {
    for (const id of scan.texts('id') ?? []) {
      const stats = askDocker(host, scan, `/containers/${encodeURIComponent(id)}/stats?stream=false`)
      if (stats === undefined) continue
      const number = (...path: string[]) => numberAt(stats, ...path)
      const disk = listAt(stats, 'blkio_stats', 'io_service_bytes_recursive')
      const onDisk = (op: string) =>
        sumOf(disk.filter((one) => textAt(one, 'op')?.toLowerCase() === op).map((one) => at(one, 'value')))
      const networks = entriesAt(stats, 'networks').map(([, network]) => network)
      yield {
        id,
        name: textAt(stats, 'name'),
        pids: number('pids_stats', 'current'),
        read: secondsOf(at(stats, 'read')),
        preread: secondsOf(at(stats, 'preread')),
        interval: intervalOf(textAt(stats, 'preread'), textAt(stats, 'read')),
        disk_read: onDisk('read'),
        disk_write: onDisk('write'),
        num_procs: number('num_procs'),
        cpu_total_usage: number('cpu_stats', 'cpu_usage', 'total_usage'),
        cpu_kernelmode_usage: number('cpu_stats', 'cpu_usage', 'usage_in_kernelmode'),
        cpu_usermode_usage: number('cpu_stats', 'cpu_usage', 'usage_in_usermode'),
        system_cpu_usage: number('cpu_stats', 'system_cpu_usage'),
        online_cpus: number('cpu_stats', 'online_cpus'),
        pre_cpu_total_usage: number('precpu_stats', 'cpu_usage', 'total_usage'),
        pre_cpu_kernelmode_usage: number('precpu_stats', 'cpu_usage', 'usage_in_kernelmode'),
        pre_cpu_usermode_usage: number('precpu_stats', 'cpu_usage', 'usage_in_usermode'),
        pre_system_cpu_usage: number('precpu_stats', 'system_cpu_usage'),
        pre_online_cpus: number('precpu_stats', 'online_cpus'),
        memory_usage: number('memory_stats', 'usage'),
        memory_cached: number('memory_stats', 'stats', 'cache'),
        memory_inactive_file: number('memory_stats', 'stats', 'inactive_file'),
        memory_total_inactive_file: number('memory_stats', 'stats', 'total_inactive_file'),
        memory_max_usage: number('memory_stats', 'max_usage'),
        memory_limit: number('memory_stats', 'limit'),
        network_rx_bytes: sumOf(networks.map((network) => at(network, 'rx_bytes'))),
        network_tx_bytes: sumOf(networks.map((network) => at(network, 'tx_bytes'))),
      }
    }
  },
})
