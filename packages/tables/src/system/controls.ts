import type { Scan } from '../define-table.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import type { Host } from '../host/host.ts'

const root = '/proc/sys'

/** sysctl(8) swaps dots and slashes, so that `net/ipv4/conf/eth0.5` is `net.ipv4.conf.eth0/5`. */
const swapped = (name: string) => name.replace(/[./]/g, (one) => (one === '.' ? '/' : '.'))

/** The kernel's settings by name and file: those named, those of subsystems, or all; only files that somebody may read. */
export function* controlsOf(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  names: readonly string[] | undefined,
  subsystems: readonly string[] | undefined,
): Generator<{ name: string; path: string }> {
  if (names) {
    for (const name of names) {
      const path = `${root}/${swapped(name)}`
      if (!path.split('/').includes('..') && isFile(path)) yield { name, path }
    }
    return
  }
  for (const subsystem of subsystems ?? list(root).map((entry) => entry.name))
    if (!/[./]/.test(subsystem)) yield* below(`${root}/${subsystem}`)

  function* below(folder: string): Generator<{ name: string; path: string }> {
    for (const { name, folder: isFolder } of list(folder)) {
      const path = `${folder}/${name}`
      if (isFolder) yield* below(path)
      else yield { name: swapped(path.slice(root.length + 1)), path }
    }
  }
  function list(folder: string) {
    try {
      return host.entries(folder).sort((a, b) => (a.name < b.name ? -1 : 1))
    } catch (error) {
      if (!isAbsent(error)) warnUnread(scan, folder, error)
      return []
    }
  }
  function isFile(path: string): boolean {
    try {
      return host.stat(path).isFile()
    } catch {
      return false
    }
  }
}

/** Folders of sysctl.d(5), the strongest first: a file in one hides files of its name in those behind it. */
const folders = [
  '/etc/sysctl.d',
  '/run/sysctl.d',
  '/usr/local/lib/sysctl.d',
  '/usr/lib/sysctl.d',
  '/lib/sysctl.d',
]

/** The settings that configuration files give at boot; the last one of a name holds, /etc/sysctl.conf last of all. */
export function configuredControls(host: Host, scan: Pick<Scan, 'warn' | 'once'>): Map<string, string> {
  const files = new Map<string, string>()
  for (const folder of folders)
    for (const name of attemptList(folder))
      if (name.endsWith('.conf') && !files.has(name)) files.set(name, `${folder}/${name}`)
  const ordered = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)
  const found = new Map<string, string>()
  for (const path of [...ordered, '/etc/sysctl.conf'])
    for (const line of attemptRead(path).split('\n')) {
      const [, name, value] = /^\s*-?\s*([^#;\s=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? []
      if (name !== undefined && value !== undefined) found.set(canonical(name), value)
    }
  return found

  function attemptList(folder: string): string[] {
    try {
      return host.list(folder)
    } catch {
      return []
    }
  }
  function attemptRead(path: string): string {
    try {
      return host.read(path)
    } catch (error) {
      if (!isAbsent(error)) warnUnread(scan, path, error)
      return ''
    }
  }
}

/** A name written with slashes as separators, in the form with dots. */
function canonical(name: string): string {
  const slash = name.indexOf('/')
  const dot = name.indexOf('.')
  return slash >= 0 && (dot < 0 || slash < dot) ? swapped(name) : name
}
