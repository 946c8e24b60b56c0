import { readFileSync } from 'node:fs'
import { localTables } from '@quarry/agent/local-tables'
import { lint } from '@quarry/sql'
import { defineCommand } from '../define-command.ts'
import { UsageError } from '../usage-error.ts'

export default defineCommand({
  name: 'lint',
  description:
    'Looks SQL over without running it: unknown tables and columns, old names, missing constraints.',
  arguments: [{ name: 'sql', description: 'SQL, or the path of a .sql file.' }],
  options: {},
  examples: [`quarry lint "SELECT * FROM proceses"`, 'quarry lint hunt.sql'],
  async run([given = ''], _options, terminal) {
    const sql = given.endsWith('.sql') ? read(given) : given
    const findings = lint(sql, await localTables())
    for (const { line, column, severity, message } of findings)
      terminal.out(`${line}:${column} ${severity}: ${message}\n`)
    return findings.some((finding) => finding.severity === 'error') ? 1 : 0
  },
})

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}.`, {
      cause: error,
    })
  }
}
