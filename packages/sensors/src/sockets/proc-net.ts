import { addressText } from '../address.ts'
import { readText } from '../proc/proc-file.ts'
import type { Socket } from './socket.ts'

const files = { tcp: 6, tcp6: 6, udp: 17, udp6: 17 }

/** Sockets of the network namespace of a process, from `/proc/<pid>/net`, whoever holds them. */
export function* readProcNet(root: string, pid: number | 'self', netns?: number): Generator<Socket> {
  for (const [file, protocol] of Object.entries(files)) {
    const lines = readText(`${root}/proc/${pid}/net/${file}`)?.split('\n') ?? []
    for (const line of lines.slice(1)) {
      const socket = parseLine(line, protocol)
      if (socket) yield { ...socket, ...(netns !== undefined && { netns }) }
    }
  }
}

/** `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …`, numbers in hex up to `retrnsmt`. */
function parseLine(line: string, protocol: number): Socket | undefined {
  const [, local = '', remote = '', state = '', , , , uid, , inode] = line.trim().split(/\s+/)
  const from = parseEnd(local)
  const to = parseEnd(remote)
  if (!from || !to || inode === undefined) return undefined
  return {
    protocol,
    state: Number.parseInt(state, 16),
    local: from.address,
    localPort: from.port,
    remote: to.address,
    remotePort: to.port,
    inode: Number(inode),
    uid: Number(uid),
  }
}

/** The address is in words of 32 bits in the order of this machine's bytes, which is little-endian wherever Quarry runs. */
function parseEnd(text: string): { address: string; port: number } | undefined {
  const [hex = '', port = ''] = text.split(':')
  if (hex.length !== 8 && hex.length !== 32) return undefined
  const bytes = Buffer.from(hex, 'hex')
  return { address: addressText(bytes.swap32()), port: Number.parseInt(port, 16) }
}
