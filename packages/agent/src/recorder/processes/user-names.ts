import { readFileSync, statSync } from 'node:fs'

/** The file is looked at again when it is older than this, in milliseconds. */
const lookAgainMillis = 2000
const maxBytes = 16 << 20

/** Returns the name of a user id as the host's own list has it now; null for one that is not listed. */
export type UserNames = (uid: number | undefined) => string | null

/**
 * Reads names of users from `/etc/passwd`, and again when that file has changed. Users of a directory service, or of a container's own
 * list, have no name here.
 * @param path for tests
 */
export function openUserNames(path = '/etc/passwd', now: () => number = () => performance.now()): UserNames {
  let names = new Map<number, string>()
  let version = ''
  let looked = Number.NEGATIVE_INFINITY

  function look() {
    looked = now()
    try {
      const { mtimeMs, ino, size } = statSync(path)
      const found = `${mtimeMs}:${ino}:${size}`
      if (found === version || size > maxBytes) return
      names = parse(readFileSync(path, 'utf8'))
      version = found
    } catch {
      // What was read before still names most of them.
    }
  }
  return (uid) => {
    if (uid === undefined) return null
    if (now() - looked > lookAgainMillis) look()
    return names.get(uid) ?? null
  }
}

function parse(text: string): Map<number, string> {
  const names = new Map<number, string>()
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':')
    // The first line of an id holds, as for getpwuid(3).
    if (name && uid && /^\d{1,10}$/.test(uid) && !names.has(Number(uid))) names.set(Number(uid), name)
  }
  return names
}
