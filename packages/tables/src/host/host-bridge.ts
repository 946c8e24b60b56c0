import { statSync } from 'node:fs'
import type { Bridge } from '../bridge/bridge.ts'
import { toFsPath } from './path-bytes.ts'
import { systemError } from './system-error.ts'

/**
 * The bridge as a host gives it: paths of sockets are the host's own, and what is none of them is refused before any thread starts.
 * @param locate The path on this machine; throws for what may not be read.
 */
export function bridgeOf(bridge: Bridge, locate: (path: string) => string): Omit<Bridge, 'close'> {
  function socket(path: string): string {
    const real = locate(path)
    if (!statSync(toFsPath(real)).isSocket()) throw systemError('EINVAL', path, 'not a socket')
    return real
  }
  return {
    network: bridge.network,
    http: (request) =>
      bridge.http(request.socket === undefined ? request : { ...request, socket: socket(request.socket) }),
    connect: (target, bounds) =>
      bridge.connect('socket' in target ? { socket: socket(target.socket) } : target, bounds),
    certificates: (request) => bridge.certificates(request),
  }
}
