import type { Scan } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { at, listAt, textAt } from '../json/read-json.ts'
import { askDocker } from './ask-docker.ts'

/** The parts of a scan that these questions need. */
export type Asking = Pick<Scan, 'warn' | 'once'>
type Selecting = Asking & { texts(name: 'id'): readonly string[] | undefined }

/** The containers of Docker, stopped ones too, as its list gives them; only those whose `id` a constraint picks. */
export function containersOf(host: Host, scan: Selecting): { id: string; listed: unknown }[] {
  return picked(scan, listAt(askDocker(host, scan, '/containers/json?all=1')))
}

/** The images of Docker; ids without their `sha256:`. */
export function imagesOf(host: Host, scan: Selecting): { id: string; listed: unknown }[] {
  return picked(scan, listAt(askDocker(host, scan, '/images/json')))
}

/** The networks of Docker. */
export function networksOf(host: Host, scan: Selecting): { id: string; listed: unknown }[] {
  return picked(scan, listAt(askDocker(host, scan, '/networks')))
}

/** The volumes of Docker. */
export const volumesOf = (host: Host, scan: Asking): unknown[] =>
  listAt(askDocker(host, scan, '/volumes'), 'Volumes')

/** Everything about one container; undefined when it is gone. */
export const inspect = (host: Host, scan: Asking, id: string): unknown =>
  askDocker(host, scan, `/containers/${encodeURIComponent(id)}/json`)

/** Without the name of the hash function, as people and osquery write ids. */
export const bareId = (id: string | null): string => (id ?? '').replace(/^sha256:/, '')

/** Name of a container with its leading slash, as Docker keeps it. */
export const nameOf = (listed: unknown): string => String(listAt(listed, 'Names')[0] ?? '')

function picked(scan: Selecting, list: unknown[]) {
  const ids = scan.texts('id')
  return list
    .map((listed) => ({ id: bareId(textAt(listed, 'Id')), listed }))
    .filter(({ id, listed }) => at(listed, 'Id') !== undefined && (!ids || ids.includes(id)))
}

/** Unix seconds of a time as Docker writes it (RFC 3339 with nanoseconds); null where it is none or Go's empty time. */
export function secondsOf(time: unknown): number | null {
  const millis = typeof time === 'string' ? Date.parse(time) : Number.NaN
  return Number.isNaN(millis) || millis < 0 ? null : Math.floor(millis / 1000)
}
