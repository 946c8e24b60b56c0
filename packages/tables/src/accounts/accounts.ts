import type { Scan } from '../define-table.ts'
import { warnUnread } from '../files/unread.ts'
import type { Host } from '../host/host.ts'

export interface User {
  name: string
  uid: number
  gid: number
  description: string
  directory: string
  shell: string
}

export interface Group {
  name: string
  gid: number
  members: string[]
}

type Warn = Pick<Scan, 'warn' | 'once'>

/** The local users, from /etc/passwd in its order. */
export function* usersOf(host: Host, scan: Warn): Generator<User> {
  for (const [name, , uid, gid, description, directory, shell] of colonLines(host, '/etc/passwd', scan)) {
    if (!isId(uid) || !isId(gid) || shell === undefined) continue
    yield {
      name: name ?? '',
      uid: Number(uid),
      gid: Number(gid),
      description: description ?? '',
      directory: directory ?? '',
      shell,
    }
  }
}

/** The local groups, from /etc/group in its order. */
export function* groupsOf(host: Host, scan: Warn): Generator<Group> {
  for (const [name, , gid, members] of colonLines(host, '/etc/group', scan)) {
    if (!isId(gid)) continue
    yield { name: name ?? '', gid: Number(gid), members: (members ?? '').split(',').filter(Boolean) }
  }
}

/** The id as a signed number of 32 bits, as osquery gives it beside the plain one. */
export const signed = (id: number): number => id | 0

const isId = (text: string | undefined): text is string => text !== undefined && /^\d{1,10}$/.test(text)

/** Lines of fields between colons; comments and the `+` and `-` lines of NIS are left out. */
function* colonLines(host: Host, path: string, scan: Warn): Generator<string[]> {
  try {
    for (const line of host.lines(path)) {
      if (/^[#+-]|^\s*$/.test(line)) continue
      yield line.split(':')
    }
  } catch (error) {
    warnUnread(scan, path, error)
  }
}
