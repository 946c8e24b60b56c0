import { readText } from '../proc/proc-file.ts'

const NETLINK_AUDIT = '9'

/** Names of the processes that read the records along, from /proc/net/netlink; journald does on many hosts. */
export function multicastReaders(root: string): string[] {
  const lines = (readText(`${root}/proc/net/netlink`) ?? '').split('\n').slice(1)
  const names = lines.flatMap((line) => {
    const [, protocol, port, groups] = line.trim().split(/\s+/)
    if (protocol !== NETLINK_AUDIT || !(Number.parseInt(groups ?? '', 16) & 1)) return []
    // The port of a process's first socket is its process id.
    return [readText(`${root}/proc/${port}/comm`)?.trim() ?? 'Another program']
  })
  return [...new Set(names)]
}
