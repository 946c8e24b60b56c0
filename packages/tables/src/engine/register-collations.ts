import { compareVersions, type Flavor, flavors } from '../versions/compare-versions.ts'
import type { Sqlite } from './sqlite.ts'

const nameOf = (flavor: Flavor) => (flavor === 'GENERIC' ? 'VERSION' : `VERSION_${flavor}`)

/** Makes osquery's collations for versions known to a connection: VERSION, VERSION_ARCH, VERSION_DPKG and VERSION_RHEL. */
export function registerCollations(db: number, { capi, wasm, heap }: Sqlite): void {
  for (const flavor of flavors) {
    const compare = (_: number, lengthA: number, a: number, lengthB: number, b: number) => {
      const bytes = heap()
      return compareVersions(
        bytes.toString('utf8', a, a + lengthA),
        bytes.toString('utf8', b, b + lengthB),
        flavor,
      )
    }
    const code = capi.sqlite3_create_collation_v2(
      db as never,
      nameOf(flavor),
      capi.SQLITE_UTF8,
      0 as never,
      wasm.installFunction('i(pipip)', compare) as never,
      0 as never,
    )
    if (code !== capi.SQLITE_OK)
      throw new Error(`SQLite did not take the collation ${nameOf(flavor)} (${code}).`)
  }
}
