import { column, defineTable } from '../define-table.ts'
import { entriesOf, linesOf, textOf } from '../files/text-files.ts'
import { splitPortageName } from '../packages/portage.ts'

const installed = '/var/db/pkg'

export default defineTable({
  name: 'portage_packages',
  description: 'Packages that Portage has installed on Gentoo.',
  platforms: ['linux'],
  columns: {
    package: column.text('Category and name.'),
    version: column.text('Version.'),
    slot: column.text('Slot, which lets several versions be installed.'),
    build_time: column.bigint('When it was built, in unix seconds; 0 where it is not kept.'),
    repository: column.text('Repository that it comes from.'),
    eapi: column.bigint('Version of the rules that it was built by.'),
    size: column.bigint('Bytes of its files.'),
    world: column.integer('1 when somebody asked for it, 0 when another package needs it.'),
  },
  examples: ['SELECT package, version, repository FROM portage_packages WHERE world = 1'],
  estimatedRows: 800,

  *rows(host, scan) {
    const world = new Set(scan.uses('world') ? linesOf(host, scan, '/var/lib/portage/world') : [])
    for (const category of entriesOf(host, scan, installed)) {
      if (!category.folder) continue
      for (const { name } of entriesOf(host, scan, `${installed}/${category.name}`)) {
        const id = splitPortageName(`${category.name}/${name}`)
        if (!id || name.startsWith('-MERGING-')) continue
        const value = (file: string) =>
          textOf(host, scan, `${installed}/${category.name}/${name}/${file}`, 4096)?.trim()
        const slot = scan.uses('slot') || scan.uses('world') ? (value('SLOT') ?? '') : ''
        yield {
          ...id,
          slot,
          build_time: scan.uses('build_time') ? Number(value('BUILD_TIME') ?? 0) || 0 : null,
          repository: scan.uses('repository') ? (value('repository') ?? '') : null,
          eapi: scan.uses('eapi') ? Number(value('EAPI') ?? 0) || 0 : null,
          size: scan.uses('size') ? Number(value('SIZE') ?? 0) || 0 : null,
          world: world.has(id.package) || world.has(`${id.package}:${slot.split('/')[0]}`),
        }
      }
    }
  },
})
