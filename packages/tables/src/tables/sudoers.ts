import { sudoRules } from '../accounts/sudoers.ts'
import { column, defineTable } from '../define-table.ts'

export default defineTable({
  name: 'sudoers',
  description:
    'Rules that let users become others through sudo, from /etc/sudoers and the files that it includes.',
  platforms: ['linux'],
  columns: {
    source: column.text('File that holds the rule.', { pivotType: 'filePath' }),
    header: column.text('First word of the rule: a user, a `%group`, an alias or `Defaults`.'),
    rule_details: column.text('The rest of the rule.'),
  },
  examples: [
    "SELECT header, rule_details, source FROM sudoers WHERE rule_details LIKE '%NOPASSWD%'",
    "SELECT header, rule_details FROM sudoers WHERE header NOT LIKE 'Defaults%'",
  ],
  estimatedRows: 20,

  *rows(host, scan) {
    const path = ['/etc/sudoers', '/usr/local/etc/sudoers'].find((one) => host.exists(one))
    if (path) yield* sudoRules(host, scan, path)
    else scan.warn('The device has no sudoers file.', 'table_unavailable')
  },
})
