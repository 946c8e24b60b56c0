import { column, defineTable, type Row, type Scan } from '../define-table.ts'
import { entriesOf, textOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'

const top = '/sys/kernel/security/apparmor/policy'
const columns = {
  path: column.text('Name of the profile with those that it lies in, as aa-status shows it.', {
    index: true,
  }),
  name: column.text('Name of the profile.'),
  attach: column.text('Programs that it applies to.'),
  mode: column.text('How it applies: enforce, complain, kill, unconfined.'),
  sha1: column.text('SHA-1 of the policy; empty where the kernel does not keep it.'),
  sha256: column.text('SHA-256 of the policy; empty where the kernel does not keep it.'),
}

export default defineTable({
  name: 'apparmor_profiles',
  description: 'Profiles of AppArmor that are loaded into the kernel.',
  platforms: ['linux'],
  columns,
  examples: ["SELECT path, mode FROM apparmor_profiles WHERE mode <> 'enforce'"],
  estimatedRows: 50,

  *rows(host, scan) {
    if (!host.exists(`${top}/profiles`)) {
      scan.warn('AppArmor is not active on the device.', 'table_unavailable')
      return
    }
    yield* profiles(host, scan, top, '')
  },
})

/** The profiles in a folder, then those that lie in them. */
function* profiles(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  folder: string,
  above: string,
): Generator<Row<typeof columns>> {
  for (const entry of entriesOf(host, scan, `${folder}/profiles`)) {
    const place = `${folder}/profiles/${entry.name}`
    const value = (file: string) => textOf(host, scan, `${place}/${file}`, 64 << 10)?.trim() ?? ''
    const name = value('name')
    const path = above ? `${above}//${name}` : name
    yield {
      path,
      name,
      attach: value('attach'),
      mode: value('mode'),
      sha1: value('sha1'),
      sha256: value('sha256'),
    }
    yield* profiles(host, scan, place, path)
  }
}
