import { column, defineTable, type Row } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'
import { cgroupPath } from '../proc/cgroup.ts'
import { askedPids } from '../proc/pids.ts'
import { commandLine, diskBytes, imagePath, onDisk, statOf } from '../proc/process-facts.ts'
import { sophosPid, startFiletime, unixSeconds } from '../proc/sophos-pid.ts'
import { parseStatus } from '../proc/status.ts'

const TICK_MILLIS = 10

const columns = {
  pid: column.bigint('Id of the process.', { index: true }),
  name: column.text('Name that the kernel keeps of the program, at most 15 bytes.'),
  path: column.text(
    'Path of the program as its own root names it; empty for a kernel thread, with ` (deleted)` behind it when the file is gone.',
    { pivotType: 'filePath' },
  ),
  cmdline: column.text('Command line, its words separated by spaces; empty for a kernel thread.'),
  state: column.text(
    'State: R runs, S sleeps, D waits for a disk, T is stopped, t is traced, Z is a zombie, I is idle, X is dead.',
  ),
  cwd: column.text('Folder that the process works in.', { pivotType: 'filePath' }),
  root: column.text('Folder that the process sees as its root.'),
  uid: column.bigint('Real user id.'),
  gid: column.bigint('Real group id.'),
  euid: column.bigint('Effective user id.'),
  egid: column.bigint('Effective group id.'),
  suid: column.bigint('Saved user id.'),
  sgid: column.bigint('Saved group id.'),
  on_disk: column.integer(
    'Whether the program is still on the disk: 1 yes, 0 no, −1 unknown or a kernel thread.',
  ),
  wired_size: column.bigint('Bytes of memory that cannot be paged out; always 0 on Linux.'),
  resident_size: column.bigint('Bytes of memory in use; 0 for a kernel thread.'),
  total_size: column.bigint('Bytes of address space; 0 for a kernel thread.'),
  user_time: column.bigint('Milliseconds of processor time in the program itself.'),
  system_time: column.bigint('Milliseconds of processor time in the kernel.'),
  disk_bytes_read: column.bigint('Bytes that it had read from disks.'),
  disk_bytes_written: column.bigint('Bytes that it had written to disks.'),
  start_time: column.bigint('When the process began, in unix seconds.'),
  parent: column.bigint('Id of the parent process; 0 for the kernel.'),
  pgroup: column.bigint('Id of the process group.'),
  threads: column.integer('Number of threads.'),
  nice: column.integer('Nice value, from −20 (first) to 19 (last).'),
  cgroup_path: column.text('Path of the control group, which names the service or container of the process.'),
  sophos_pid: column.text(
    'Pid and start, which tell the process apart from all others that ever bore its pid.',
    {
      hidden: true,
      pivotType: 'sophosPid',
    },
  ),
}

const fromStatus = ['uid', 'gid', 'euid', 'egid', 'suid', 'sgid', 'resident_size', 'total_size'] as const
const fromStat = [
  'name',
  'state',
  'user_time',
  'system_time',
  'start_time',
  'parent',
  'pgroup',
  'threads',
  'nice',
  'sophos_pid',
] as const

export default defineTable({
  name: 'processes',
  description: 'Every running process, kernel threads included.',
  platforms: ['linux'],
  columns,
  examples: [
    'SELECT pid, name, path, cmdline FROM processes WHERE on_disk = 0',
    'SELECT name, sum(resident_size) AS bytes FROM processes GROUP BY name ORDER BY bytes DESC LIMIT 10',
  ],
  estimatedRows: 300,

  *rows(host, scan) {
    const usesStat = fromStat.some((name) => scan.uses(name))
    const usesStatus = fromStatus.some((name) => scan.uses(name))
    const usesImage = scan.uses('path') || scan.uses('on_disk')
    const usesDisk = scan.uses('disk_bytes_read') || scan.uses('disk_bytes_written')
    const text = (path: string) => attempt(scan, () => host.read(path))
    const link = (path: string) => attempt(scan, () => host.readlink(path))

    for (const pid of askedPids(host, scan, scan.integers('pid'))) {
      const folder = `/proc/${pid}`
      const row: Row<typeof columns> = { pid, wired_size: 0 }

      if (usesStat) {
        const stat = statOf(host, scan, pid)
        if (!stat) continue
        const boot = host.bootFiletime()
        row.name = stat.comm
        row.state = stat.state
        row.user_time = stat.userTicks * TICK_MILLIS
        row.system_time = stat.systemTicks * TICK_MILLIS
        row.start_time = unixSeconds(startFiletime(boot, stat.startTicks))
        row.parent = stat.parent
        row.pgroup = stat.pgroup
        row.threads = stat.threads
        row.nice = stat.nice
        row.sophos_pid = sophosPid(pid, boot, stat.startTicks)
      }
      if (usesStatus) {
        const status = parseStatus(text(`${folder}/status`) ?? '')
        if (!status) continue
        const { residentSize, totalSize, ...ids } = status
        Object.assign(row, ids, { resident_size: residentSize, total_size: totalSize })
      }
      if (usesImage) row.path = imagePath(host, scan, pid)
      if (scan.uses('on_disk')) row.on_disk = onDisk(host, pid, row.path ?? undefined)
      if (scan.uses('cmdline')) row.cmdline = commandLine(host, scan, pid)
      if (scan.uses('cwd')) row.cwd = link(`${folder}/cwd`)
      if (scan.uses('root')) row.root = link(`${folder}/root`)
      if (usesDisk) {
        const bytes = diskBytes(host, scan, pid)
        row.disk_bytes_read = bytes?.read
        row.disk_bytes_written = bytes?.written
      }
      if (scan.uses('cgroup_path')) row.cgroup_path = cgroupPath(text(`${folder}/cgroup`) ?? '')
      // One that ended while it was read is left out, not shown by halves.
      if (!row.path && !host.exists(folder)) continue
      yield row
    }
  },
})
