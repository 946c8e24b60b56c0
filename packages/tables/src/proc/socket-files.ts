/** Address families by their numbers in `AF_*`. */
export const FAMILY = { unix: 1, inet: 2, inet6: 10 } as const

/** A socket as the kernel lists it; addresses stay in the kernel's hex form until somebody reads them. */
export interface Socket {
  inode: number
  family: number
  /** Number of the IP protocol; 0 for unix sockets. */
  protocol: number
  localHex: string
  remoteHex: string
  localPort: number
  remotePort: number
  /** The kernel's number of the TCP state; of a unix socket 1 when it waits for others. */
  state: number
  /** Path of a unix socket, beginning with `@` when abstract. */
  path: string
  /** Inode of the network namespace. */
  namespace: string
}

/** Files of `/proc/<pid>/net` that list IP sockets, with what they hold. */
export const inetFiles = [
  { file: 'tcp', family: FAMILY.inet, protocol: 6 },
  { file: 'tcp6', family: FAMILY.inet6, protocol: 6 },
  { file: 'udp', family: FAMILY.inet, protocol: 17 },
  { file: 'udp6', family: FAMILY.inet6, protocol: 17 },
  { file: 'udplite', family: FAMILY.inet, protocol: 136 },
  { file: 'udplite6', family: FAMILY.inet6, protocol: 136 },
  { file: 'raw', family: FAMILY.inet, protocol: 255 },
  { file: 'raw6', family: FAMILY.inet6, protocol: 255 },
  { file: 'icmp', family: FAMILY.inet, protocol: 1 },
  { file: 'icmp6', family: FAMILY.inet6, protocol: 58 },
] as const

/**
 * Reads the sockets of one of `inetFiles`. All share one layout of fixed widths up to the retransmits:
 * `sl: local:port remote:port st tx:rx tr:when retrnsmt   uid  timeout inode …`. A line of another form is left out.
 */
export function parseInet(text: string, family: number, protocol: number, namespace: string): Socket[] {
  const sockets: Socket[] = []
  const width = family === FAMILY.inet ? 8 : 32
  for (let at = nextLine(text, 0); at < text.length; at = nextLine(text, at)) {
    const local = text.indexOf(':', at) + 2
    const remote = local + width + 6
    const state = remote + width + 6
    // 3 for the state, 18 for the queues, 12 for the timer, 9 for the retransmits; then uid and timeout, padded.
    const inode = Number.parseInt(
      text.slice(skipWord(text, skipWord(text, state + 41)), nextLine(text, at)),
      10,
    )
    if (text[local + width] !== ':' || text[remote + width] !== ':' || Number.isNaN(inode)) continue
    sockets.push({
      inode,
      family,
      protocol,
      localHex: text.slice(local, local + width),
      remoteHex: text.slice(remote, remote + width),
      localPort: Number.parseInt(text.slice(local + width + 1, local + width + 5), 16),
      remotePort: Number.parseInt(text.slice(remote + width + 1, remote + width + 5), 16),
      state: Number.parseInt(text.slice(state, state + 2), 16),
      path: '',
      namespace,
    })
  }
  return sockets
}

const LISTENS = 0x10000
const DATAGRAM = '0002'

/**
 * Reads the sockets of `/proc/<pid>/net/unix`: `Num: RefCount Protocol Flags Type St Inode Path`. A path may hold spaces; a newline in one
 * begins a line that is no entry and is left out.
 */
export function parseUnix(text: string, namespace: string): Socket[] {
  const sockets: Socket[] = []
  for (const line of text.split('\n')) {
    const found =
      /^[0-9a-f]{8,16}: [0-9A-F]{8} [0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{4}) [0-9A-F]{2} +(\d+)(?: (.*))?$/.exec(
        line,
      )
    if (!found) continue
    const path = found[4] ?? ''
    sockets.push({
      inode: Number(found[3]),
      family: FAMILY.unix,
      protocol: 0,
      localHex: '',
      remoteHex: '',
      localPort: 0,
      remotePort: 0,
      state: Number.parseInt(found[1]!, 16) & LISTENS || (found[2] === DATAGRAM && path) ? 1 : 0,
      path,
      namespace,
    })
  }
  return sockets
}

const nextLine = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** The place behind the spaces and the word that begin at `at`. */
function skipWord(text: string, at: number): number {
  let next = at
  while (text.charCodeAt(next) === 32) next++
  while (next < text.length && text.charCodeAt(next) !== 32) next++
  return next
}
