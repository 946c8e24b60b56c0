/** What `/proc/<pid>/status` says of the owner and the memory of a process; sizes are in bytes. */
export interface Status {
  uid: number
  euid: number
  suid: number
  gid: number
  egid: number
  sgid: number
  /** 0 for a kernel thread, which has no memory of its own. */
  residentSize: number
  totalSize: number
}

const ids = (text: string, key: string): number[] => {
  const found = new RegExp(`^${key}:\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)`, 'm').exec(text)
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : []
}

const bytes = (text: string, key: string): number => {
  const found = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)
  return found ? Number(found[1]) * 1024 : 0
}

/**
 * Parses `/proc/<pid>/status`. A process's name stands in its first line, with newlines escaped, so a name cannot forge a field.
 * @returns undefined when the ids are missing (a text cut short).
 */
export function parseStatus(text: string): Status | undefined {
  const [uid, euid, suid] = ids(text, 'Uid')
  const [gid, egid, sgid] = ids(text, 'Gid')
  if (uid === undefined || euid === undefined || suid === undefined) return undefined
  if (gid === undefined || egid === undefined || sgid === undefined) return undefined
  return {
    uid,
    euid,
    suid,
    gid,
    egid,
    sgid,
    residentSize: bytes(text, 'VmRSS'),
    totalSize: bytes(text, 'VmSize'),
  }
}
