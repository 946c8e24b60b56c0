import { groupsOf, usersOf } from '../accounts/accounts.ts'
import { column, defineTable } from '../define-table.ts'

export default defineTable({
  name: 'user_groups',
  description: 'Which local user belongs to which group, the primary group included.',
  platforms: ['linux'],
  columns: {
    uid: column.bigint('User id.', { index: true }),
    gid: column.bigint('Group id.', { index: true }),
  },
  examples: [
    "SELECT u.username FROM user_groups m JOIN users u ON u.uid = m.uid JOIN groups g ON g.gid = m.gid WHERE g.groupname = 'sudo'",
  ],
  estimatedRows: 80,

  *rows(host, scan) {
    const groupsByMember = scan.once('members', () => {
      const found = new Map<string, number[]>()
      for (const { gid, members } of groupsOf(host, scan)) {
        for (const member of members) found.set(member, [...(found.get(member) ?? []), gid])
      }
      return found
    })
    const asked = scan.integers('uid')
    const told = new Set<string>()
    for (const { name, uid, gid: primary } of usersOf(host, scan)) {
      if (asked && !asked.includes(uid)) continue
      for (const gid of [primary, ...(groupsByMember.get(name) ?? [])]) {
        const row = `${uid}:${gid}`
        if (told.has(row)) continue
        told.add(row)
        yield { uid, gid }
      }
    }
  },
})
