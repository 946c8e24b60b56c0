import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { type User, usersOf } from './accounts.ts'

type UserScan = Pick<Scan<{ uid: never }>, 'integers' | 'warn' | 'once'>

/**
 * The local users whose files a scan reads: those of its constraint on `uid`, else all, as osquery does for root when it is joined
 * with `users`. Users without a home folder are left out; two users with one home both count.
 */
export function* homesOf(host: Host, scan: UserScan, pid = 0): Generator<User> {
  const asked = scan.integers('uid')
  for (const user of scan.once(`homes ${pid}`, () => [...usersOf(host, scan)])) {
    if (asked && !asked.includes(user.uid)) continue
    const directory = user.directory.replace(/\/+$/, '')
    if (directory.startsWith('/') && host.exists(directory)) yield { ...user, directory }
  }
}
