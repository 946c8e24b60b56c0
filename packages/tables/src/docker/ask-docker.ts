import { askSocket } from '../bridge/ask-socket.ts'
import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'

/**
 * Asks Docker's Engine API over its socket, in the newest version that the daemon speaks. Undefined where there is no Docker, where
 * what was asked for does not exist, or where the daemon fails; the last puts a warning on the result.
 * @param path Path with query, its parts percent-encoded.
 */
export const askDocker = (host: Host, scan: Pick<Scan, 'warn' | 'once'>, path: string): unknown =>
  askSocket(host, scan, { service: 'Docker', sockets: ['/var/run/docker.sock'], path })
