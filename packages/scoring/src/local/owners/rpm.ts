// The files of rpm packages, from rpm's SQLite database. Packages that hash with something older than SHA-256 are named without a digest.
import type { Host } from '@quarry/tables/host-ports'
import { rpmHeaders } from '@quarry/tables/rpm-headers'
import { canonicalPath, type OwnerSource } from './owned-file.ts'

const databases = [
  '/usr/lib/sysimage/rpm/rpmdb.sqlite',
  '/var/lib/rpm/rpmdb.sqlite',
  '/usr/share/rpm/rpmdb.sqlite',
]
const sha256 = 8
/** RPMFILE_CONFIG in rpm's file flags. */
const isConfig = 1

const rpm: OwnerSource = {
  name: 'rpm',

  generation(host) {
    for (const path of databases) {
      try {
        const { mtimeNs, size, ino } = host.stat(path)
        return `${ino}:${size}:${mtimeNs}`
      } catch {
        // The next place.
      }
    }
    return undefined
  },

  *files(host: Host) {
    const scan = { warn: () => undefined, once: <T>(_: string, make: () => T) => make() }
    for (const header of rpmHeaders(host, scan, undefined)) {
      const folders = header.texts('dirNames')
      const places = header.numbers('dirIndexes')
      const flags = header.numbers('fileFlags')
      const digests = header.number('digestAlgorithm') === sha256 ? header.texts('fileDigests') : []
      const version = `${header.text('version')}-${header.text('release')}`
      for (const [at, name] of header.texts('baseNames').entries()) {
        const value = digests[at]
        yield {
          path: canonicalPath(`${folders[places[at] ?? -1] ?? ''}${name}`),
          package: header.text('name'),
          version,
          isSettings: ((flags[at] ?? 0) & isConfig) !== 0,
          ...(value && { digest: { algorithm: 'sha256', value } }),
        }
      }
    }
  },
}

export default rpm
