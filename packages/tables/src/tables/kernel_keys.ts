import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'

/** Serial number, flags, uses, timeout, permissions, user, group, type and the rest (proc_keys(5)). */
const linePattern = /^\s*([0-9a-f]+) (\S+)\s+(\d+)\s+(\S+) ([0-9a-f]+)\s+(-?\d+)\s+(-?\d+) (\S+)\s+(.*)$/

export default defineTable({
  name: 'kernel_keys',
  description: 'Keys and keyrings in the kernel that the agent may see, without what they hold.',
  platforms: ['linux'],
  columns: {
    serial_number: column.text('Serial number of the key in hex.'),
    flags: column.text(
      'State by letters: I in use, R revoked, D dead, Q counted against a quota, U under construction, N negative, i invalidated.',
    ),
    usage: column.bigint('Number of places in the kernel that hold the key.'),
    timeout: column.text('Time until it expires, such as 5d; perm for never, expd when it has.'),
    permissions: column.text('Rights of possessor, user, group and others in hex.'),
    uid: column.bigint('Id of the owner; −1 for none.'),
    gid: column.bigint('Id of the owning group; −1 for none.'),
    type: column.text('Type of the key, such as keyring, user, asymmetric or logon.'),
    description: column.text('Name of the key, and for some types a summary of it.'),
  },
  examples: ["SELECT description, uid FROM kernel_keys WHERE type = 'asymmetri'"],
  estimatedRows: 30,

  *rows(host, scan) {
    for (const line of (attempt(scan, () => host.read('/proc/keys')) ?? '').split('\n')) {
      const [, serial, flags, usage, timeout, permissions, uid, gid, type, description] =
        linePattern.exec(line) ?? []
      if (serial === undefined) continue
      yield {
        serial_number: serial,
        flags,
        usage: Number(usage),
        timeout,
        permissions,
        uid: Number(uid),
        gid: Number(gid),
        type,
        description,
      }
    }
  },
})
