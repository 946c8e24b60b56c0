import { column, defineTable } from '../define-table.ts'
import { parseAtom } from '../packages/portage.ts'
import { portageLines } from '../packages/portage-lines.ts'

export default defineTable({
  name: 'portage_keywords',
  description:
    'Packages of Gentoo for which the administrator accepts keywords, or masks or unmasks versions.',
  platforms: ['linux'],
  columns: {
    package: column.text('Category and name.'),
    version: column.text('Versions that are meant, with an operator; empty for all.'),
    keyword: column.text('Keyword that is accepted, such as ~amd64; empty for a mask.'),
    mask: column.integer('1 when the versions are masked, else 0.'),
    unmask: column.integer('1 when the versions are unmasked, else 0.'),
  },
  examples: ['SELECT package, version, keyword FROM portage_keywords WHERE mask = 0'],
  estimatedRows: 50,

  *rows(host, scan) {
    for (const name of ['package.keywords', 'package.accept_keywords']) {
      for (const [atom, ...keywords] of portageLines(host, scan, name)) {
        for (const keyword of keywords.length > 0 ? keywords : ['']) {
          yield { ...parseAtom(atom), keyword, mask: 0, unmask: 0 }
        }
      }
    }
    for (const [atom] of portageLines(host, scan, 'package.mask'))
      yield { ...parseAtom(atom), keyword: '', mask: 1, unmask: 0 }
    for (const [atom] of portageLines(host, scan, 'package.unmask'))
      yield { ...parseAtom(atom), keyword: '', mask: 0, unmask: 1 }
  },
})
