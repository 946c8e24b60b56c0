import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'

/** Bits of the mode beside the permissions (shmctl(2)). */
const DESTROY = 0o1000
const LOCKED = 0o2000

export default defineTable({
  name: 'shared_memory',
  description: 'Segments of System V shared memory.',
  platforms: ['linux'],
  columns: {
    shmid: column.integer('Id of the segment.'),
    owner_uid: column.bigint('Id of the user who owns it.'),
    creator_uid: column.bigint('Id of the user who made it.'),
    pid: column.bigint('Id of the process that attached or detached it last.'),
    creator_pid: column.bigint('Id of the process that made it.'),
    atime: column.bigint('When it was attached last, in unix seconds; 0 for never.'),
    dtime: column.bigint('When it was detached last, in unix seconds; 0 for never.'),
    ctime: column.bigint('When it was changed last, in unix seconds.'),
    permissions: column.text('Permission bits as four octal digits.'),
    size: column.bigint('Size in bytes.'),
    attached: column.integer('Number of attachments.'),
    status: column.text('`dest` when it goes with its last attachment, else empty.'),
    locked: column.integer('1 when it is locked into memory, else 0.'),
  },
  examples: ['SELECT shmid, owner_uid, size, attached FROM shared_memory'],
  estimatedRows: 10,

  *rows(host, scan) {
    const [head = '', ...lines] = (attempt(scan, () => host.read('/proc/sysvipc/shm')) ?? '').split('\n')
    const names = head.trim().split(/\s+/)
    for (const line of lines) {
      const values = line.trim().split(/\s+/)
      if (values.length < names.length) continue
      const value = (name: string) => BigInt(values[names.indexOf(name)] ?? 0)
      const mode = Number.parseInt(values[names.indexOf('perms')] ?? '0', 8)
      yield {
        shmid: value('shmid'),
        owner_uid: value('uid'),
        creator_uid: value('cuid'),
        pid: value('lpid'),
        creator_pid: value('cpid'),
        atime: value('atime'),
        dtime: value('dtime'),
        ctime: value('ctime'),
        permissions: (mode & 0o777).toString(8).padStart(4, '0'),
        size: value('size'),
        attached: value('nattch'),
        status: mode & DESTROY ? 'dest' : '',
        locked: mode & LOCKED ? 1 : 0,
      }
    }
  },
})
