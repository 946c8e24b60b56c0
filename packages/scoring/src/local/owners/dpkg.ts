// The files of Debian packages, from dpkg's own database: `status`, and `info/*.list` and `*.md5sums` of each package.
import type { Host } from '@quarry/tables/host-ports'
import { stanzas } from '@quarry/tables/stanzas'
import { canonicalPath, type OwnedFile, type OwnerSource } from './owned-file.ts'

const folder = '/var/lib/dpkg'
const wanted = new Set(['package', 'architecture', 'version', 'conffiles', 'status'])

interface Installed {
  version: string
  settings: Set<string>
}

const dpkg: OwnerSource = {
  name: 'dpkg',

  generation(host) {
    try {
      const { mtimeNs, size, ino } = host.stat(`${folder}/status`)
      return `${ino}:${size}:${mtimeNs}`
    } catch {
      return undefined
    }
  },

  *files(host) {
    const installed = readStatus(host)
    const diverted = readDiversions(host)
    const names = new Set(host.list(`${folder}/info`))
    for (const name of names) {
      if (!name.endsWith('.list')) continue
      const label = name.slice(0, -'.list'.length)
      const about = installed.get(label) ?? installed.get(label.replace(/:.*$/, ''))
      if (!about) continue
      yield* filesOf(host, label, about, diverted, names.has(`${label}.md5sums`))
    }
  },
}

export default dpkg

function* filesOf(
  host: Host,
  label: string,
  { version, settings }: Installed,
  diverted: Map<string, { to: string; by: string }>,
  hasSums: boolean,
): Generator<OwnedFile> {
  const owner = label.replace(/:.*$/, '')
  const sums = new Map(hasSums ? sumsOf(host, label) : [])
  for (const line of host.lines(`${folder}/info/${label}.list`)) {
    if (line === '' || line === '/.') continue
    const diversion = diverted.get(line)
    const path = canonicalPath(diversion && diversion.by !== owner ? diversion.to : line)
    const sum = sums.get(line)
    // A settings file has its sum in `status`, as it was when the package came.
    const isSettings = settings.has(line)
    yield {
      path,
      package: owner,
      version,
      isSettings,
      ...(sum && { digest: { algorithm: 'md5', value: sum } }),
    }
  }
}

function* sumsOf(host: Host, label: string): Generator<[string, string]> {
  for (const line of host.lines(`${folder}/info/${label}.md5sums`)) {
    const [, sum, path] = /^([0-9a-f]{32}) {1,2}(.+)$/.exec(line) ?? []
    if (sum && path) yield [`/${path}`, sum]
  }
}

function readStatus(host: Host) {
  const installed = new Map<string, Installed>()
  for (const fields of stanzas(host.lines(`${folder}/status`), wanted)) {
    const name = fields.get('package')
    if (!name || !fields.get('status')?.endsWith(' installed')) continue
    const settings = (fields.get('conffiles') ?? '').split('\n').flatMap((line) => line.split(' ')[0] || [])
    const about = { version: fields.get('version') ?? '', settings: new Set(settings) }
    installed.set(name, about)
    installed.set(`${name}:${fields.get('architecture') ?? ''}`, about)
  }
  return installed
}

/** dpkg-divert(1): three lines for each, the place, where it is moved to, and the package it is not moved for (`:` for none). */
function readDiversions(host: Host) {
  const diverted = new Map<string, { to: string; by: string }>()
  try {
    const lines = [...host.lines(`${folder}/diversions`)]
    for (let at = 0; at + 2 < lines.length; at += 3)
      diverted.set(lines[at]!, { to: lines[at + 1]!, by: lines[at + 2]! })
  } catch {
    // A system without the file diverts nothing.
  }
  return diverted
}
