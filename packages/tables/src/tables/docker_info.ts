import { column, defineTable } from '../define-table.ts'
import { askDocker } from '../docker/ask-docker.ts'
import { numberAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_info',
  description: 'State and settings of the Docker Engine that runs on this machine; empty where none runs.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the engine.'),
    containers: column.integer('Number of containers.'),
    containers_running: column.integer('Number of containers that run.'),
    containers_paused: column.integer('Number of containers that are paused.'),
    containers_stopped: column.integer('Number of containers that are stopped.'),
    images: column.integer('Number of images.'),
    storage_driver: column.text('How images and containers are stored, such as overlay2.'),
    memory_limit: column.integer('1 when the memory of a container can be limited, else 0.'),
    swap_limit: column.integer('1 when the swap of a container can be limited, else 0.'),
    kernel_memory: column.integer(
      '1 when the kernel memory of a container can be limited, else 0; NULL since Docker 28, which dropped it.',
    ),
    cpu_cfs_period: column.integer('1 when the period of the CPU scheduler can be set, else 0.'),
    cpu_cfs_quota: column.integer('1 when a quota of CPU time can be set, else 0.'),
    cpu_shares: column.integer('1 when containers can be given shares of the CPU, else 0.'),
    cpu_set: column.integer('1 when containers can be bound to processors, else 0.'),
    ipv4_forwarding: column.integer('1 when the machine forwards IPv4 packets, else 0.'),
    bridge_nf_iptables: column.integer(
      '1 when bridged IPv4 packets go through iptables, else 0; NULL where the engine does not say.',
    ),
    bridge_nf_ip6tables: column.integer(
      '1 when bridged IPv6 packets go through ip6tables, else 0; NULL where the engine does not say.',
    ),
    oom_kill_disable: column.integer('1 when the OOM killer can be turned off for a container, else 0.'),
    logging_driver: column.text('Where the output of containers goes, such as json-file.'),
    cgroup_driver: column.text('Who manages control groups: systemd or cgroupfs.'),
    kernel_version: column.text('Release of the kernel.'),
    os: column.text('Operating system with its version.'),
    os_type: column.text('Kind of operating system: linux.'),
    architecture: column.text('Architecture of the machine, such as x86_64.'),
    cpus: column.integer('Number of processors.'),
    memory: column.bigint('Memory of the machine in bytes.'),
    http_proxy: column.text('Proxy for http, without its password; empty for none.'),
    https_proxy: column.text('Proxy for https, without its password; empty for none.'),
    no_proxy: column.text('Hosts that are reached without a proxy, separated by commas.'),
    name: column.text('Host name of the machine.', { pivotType: 'deviceName' }),
    server_version: column.text('Version of the Docker Engine.'),
    root_dir: column.text('Folder in which the engine keeps its data.', { pivotType: 'filePath' }),
  },
  examples: ['SELECT server_version, containers_running, storage_driver FROM docker_info'],
  estimatedRows: 1,

  *rows(host, scan) {
    const info = askDocker(host, scan, '/info')
    if (info === undefined) return
    const text = (name: string) => textAt(info, name)
    const number = (name: string) => numberAt(info, name)
    yield {
      id: text('ID'),
      containers: number('Containers'),
      containers_running: number('ContainersRunning'),
      containers_paused: number('ContainersPaused'),
      containers_stopped: number('ContainersStopped'),
      images: number('Images'),
      storage_driver: text('Driver'),
      memory_limit: number('MemoryLimit'),
      swap_limit: number('SwapLimit'),
      kernel_memory: number('KernelMemory'),
      cpu_cfs_period: number('CpuCfsPeriod'),
      cpu_cfs_quota: number('CpuCfsQuota'),
      cpu_shares: number('CPUShares'),
      cpu_set: number('CPUSet'),
      ipv4_forwarding: number('IPv4Forwarding'),
      bridge_nf_iptables: number('BridgeNfIptables'),
      bridge_nf_ip6tables: number('BridgeNfIp6tables'),
      oom_kill_disable: number('OomKillDisable'),
      logging_driver: text('LoggingDriver'),
      cgroup_driver: text('CgroupDriver'),
      kernel_version: text('KernelVersion'),
      os: text('OperatingSystem'),
      os_type: text('OSType'),
      architecture: text('Architecture'),
      cpus: number('NCPU'),
      memory: number('MemTotal'),
      http_proxy: text('HttpProxy'),
      https_proxy: text('HttpsProxy'),
      no_proxy: text('NoProxy'),
      name: text('Name'),
      server_version: text('ServerVersion'),
      root_dir: text('DockerRootDir'),
    }
  },
})
