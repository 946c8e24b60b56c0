import { column, defineTable } from '../define-table.ts'
import { entriesOf, textOf } from '../files/text-files.ts'
import { splitPortageName } from '../packages/portage.ts'

const installed = '/var/db/pkg'

export default defineTable({
  name: 'portage_use',
  description: 'Flags that packages of Gentoo were built with, one row for each package and flag.',
  platforms: ['linux'],
  columns: {
    package: column.text('Category and name.'),
    version: column.text('Version.'),
    use: column.text('Flag that was on.'),
  },
  examples: ["SELECT package, version FROM portage_use WHERE use = 'debug'"],
  estimatedRows: 5000,

  *rows(host, scan) {
    for (const category of entriesOf(host, scan, installed)) {
      if (!category.folder) continue
      for (const { name } of entriesOf(host, scan, `${installed}/${category.name}`)) {
        const id = splitPortageName(`${category.name}/${name}`)
        const flags = id && textOf(host, scan, `${installed}/${category.name}/${name}/USE`, 64 << 10)
        if (!id || !flags) continue
        for (const use of flags.split(/\s+/).filter(Boolean)) yield { ...id, use }
      }
    }
  },
})
