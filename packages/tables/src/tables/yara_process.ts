import { column, defineTable } from '../define-table.ts'
import { pidWithNamespace } from '../files/inside.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { ruleColumns } from '../yara/rule-columns.ts'
import { ruleSets } from '../yara/rule-sets.ts'
import { scanMemory } from '../yara/scan-memory.ts'

export default defineTable({
  name: 'yara_process',
  description:
    'Scans the memory of processes with rules of YARA: one row for each process and set of rules, also where nothing matches (count 0). Memory is scanned 32 MiB at a time, so the strings of a rule have to lie that close together. Quarry’s own processes are left out.',
  platforms: ['linux'],
  columns: {
    pid: column.integer('Id of the process.', { index: true, required: true }),
    ...ruleColumns,
    strings: column.text(
      'Strings that were found and at which address, as `$name:address` in hexadecimal, separated by commas.',
    ),
    pid_with_namespace: pidWithNamespace,
  },
  examples: [
    `SELECT p.name, y.matches, y.strings FROM processes p JOIN yara_process y ON y.pid = p.pid WHERE p.name = 'nginx' AND y.sigrule = 'rule key { strings: $a = "BEGIN RSA PRIVATE KEY" condition: $a }'`,
  ],
  estimatedRows: 1,

  *rows(host, scan) {
    const sets = ruleSets(host, scan)
    for (const pid of sets.length > 0 ? (scan.integers('pid') ?? []) : []) {
      try {
        const found = scanMemory(
          host.memory(pid),
          sets.map(({ rules }) => rules),
        )
        for (const [at, { origin }] of sets.entries())
          yield { pid, ...found[at]!, ...origin, pid_with_namespace: 0 }
      } catch (error) {
        if (!isAbsent(error)) warnUnread(scan, `The memory of process ${pid}`, error)
      }
    }
  },
})
