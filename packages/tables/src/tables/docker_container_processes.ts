import { column, defineTable } from '../define-table.ts'
import { topOf } from '../docker/top.ts'
import { readValue } from '../system/read-value.ts'

export default defineTable({
  name: 'docker_container_processes',
  description: 'Processes that run inside a container of Docker, by their ids on this machine.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the container, or its beginning.', { index: true, required: true }),
    pid: column.bigint('Id of the process on this machine.', { index: true }),
    name: column.text('Name of the process.'),
    cmdline: column.text('Command line.'),
    state: column.text(
      'State as ps shows it: R running, S sleeping, D waiting for a device, T stopped, Z dead.',
    ),
    uid: column.bigint('Id of the user.'),
    gid: column.bigint('Id of the group.'),
    euid: column.bigint('Effective id of the user.'),
    egid: column.bigint('Effective id of the group.'),
    suid: column.bigint('Saved id of the user.'),
    sgid: column.bigint('Saved id of the group.'),
    wired_size: column.bigint('Memory that cannot be paged out; always 0 on Linux, as osquery has it.'),
    resident_size: column.bigint('Memory in use in bytes.'),
    total_size: column.bigint('Address space in bytes.'),
    start_time: column.bigint('Start in seconds since boot.'),
    parent: column.bigint('Id of the parent process.'),
    pgroup: column.bigint('Id of the process group.'),
    threads: column.integer('Number of threads.'),
    nice: column.integer('Nice value: −20 comes first, 19 last.'),
    user: column.text('Name of the user, as this machine knows it.', { pivotType: 'username' }),
    time: column.text('CPU time as ps shows it: [days-]hours:minutes:seconds.'),
    cpu: column.double('Share of a CPU since the start, in percent.'),
    mem: column.double('Share of the memory in percent.'),
  },
  examples: [
    "SELECT pid, user, cmdline FROM docker_container_processes WHERE id = (SELECT id FROM docker_containers WHERE name = '/web')",
  ],
  estimatedRows: 10,

  *rows(host, scan) {
    const pids = scan.integers('pid')
    for (const id of scan.texts('id') ?? [])
      for (const one of topOf(host, scan, id)) {
        const pid = one.number('pid')
        if (pid === null || (pids && !pids.includes(pid))) continue
        const kib = (name: 'rss' | 'vsz') => (one.number(name) ?? 0) * 1024
        yield {
          id,
          pid,
          name: scan.uses('name') ? (readValue(host, `/proc/${pid}/comm`) ?? one.program) : null,
          cmdline: one.text('args'),
          state: one.text('state'),
          uid: one.number('ruid'),
          gid: one.number('rgid'),
          euid: one.number('euid'),
          egid: one.number('egid'),
          suid: one.number('suid'),
          sgid: one.number('sgid'),
          wired_size: 0,
          resident_size: kib('rss'),
          total_size: kib('vsz'),
          start_time: scan.uses('start_time') ? startOf(one.number('etimes')) : null,
          parent: one.number('ppid'),
          pgroup: one.number('pgid'),
          threads: one.number('nlwp'),
          nice: one.number('nice'),
          user: one.text('user'),
          time: one.text('time'),
          cpu: one.number('pcpu'),
          mem: one.number('pmem'),
        }
      }

    function startOf(elapsed: number | null): number | null {
      const uptime = Number.parseFloat(readValue(host, '/proc/uptime') ?? '')
      return elapsed === null || Number.isNaN(uptime) ? null : Math.max(0, Math.floor(uptime - elapsed))
    }
  },
})
