import { readText } from '../proc/proc-file.ts'

let range: { first: number; last: number } | undefined

/** Whether the kernel hands out this port by itself: a datagram socket that has one asks others and serves nobody. */
export function isEphemeral(root: string, port: number): boolean {
  range ??= readRange(root)
  return port >= range.first && port <= range.last
}

function readRange(root: string) {
  const [first = 32768, last = 60999] = (readText(`${root}/proc/sys/net/ipv4/ip_local_port_range`) ?? '')
    .trim()
    .split(/\s+/)
    .filter((text) => text !== '')
    .map(Number)
  return { first, last }
}
