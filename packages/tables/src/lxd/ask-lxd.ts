import { askSocket } from '../bridge/ask-socket.ts'
import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { at, listAt } from '../json/read-json.ts'

type Asking = Pick<Scan, 'warn' | 'once'>

/** Where the snap and where packages keep the socket. */
const sockets = ['/var/snap/lxd/common/lxd/unix.socket', '/var/lib/lxd/unix.socket']

/** What LXD answers below `/1.0`, the metadata of its answer; undefined where there is no LXD or no such thing. */
export const askLxd = (host: Host, scan: Asking, path: string): unknown =>
  at(askSocket(host, scan, { service: 'LXD', sockets, path: `/1.0/${path}` }), 'metadata')

/** Everything of a kind, with its facts. */
export const listLxd = (host: Host, scan: Asking, kind: string): unknown[] =>
  listAt(askLxd(host, scan, `${kind}?recursion=1`))

/** The facts of an instance of the default project. */
export const lxdInstance = (host: Host, scan: Asking, name: string): unknown =>
  askLxd(host, scan, `instances/${encodeURIComponent(name)}`)
