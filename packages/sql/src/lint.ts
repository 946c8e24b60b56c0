import type { ColumnSpec, TableSpec } from '@quarry/schema'
import { nearest } from './nearest.ts'
import { nameOf, readStatement, type Source, type Statement } from './sources.ts'
import type { Token } from './tokenize.ts'

/** Something about a piece of SQL that its author would want to know. */
export interface Finding {
  /** Place in the text, in UTF-16 units; `to` is one past the end. */
  from: number
  to: number
  severity: 'error' | 'warning' | 'info'
  message: string
}

/**
 * Looks a query over without running it: unknown tables and columns with the nearest name, old names, required columns without a
 * constraint, and journals without a constraint on time. It would rather say nothing than something wrong.
 * @param tables what the devices have
 */
export function lint(sql: string, tables: readonly TableSpec[]): Finding[] {
  const byName = new Map<string, TableSpec>()
  for (const table of tables)
    for (const name of [table.name, ...(table.aliases ?? [])]) byName.set(name.toLowerCase(), table)
  const statement = readStatement(sql)
  const spec = (source: Source) =>
    source.table === undefined ? undefined : byName.get(source.table.toLowerCase())
  return [
    ...statement.sources.flatMap((source) => lintSource(source, spec(source), statement, byName)),
    ...lintColumns(statement, spec),
  ].sort((a, b) => a.from - b.from)
}

function at(token: Token, severity: Finding['severity'], message: string): Finding {
  return { from: token.from, to: token.to, severity, message }
}

function lintSource(
  source: Source,
  table: TableSpec | undefined,
  statement: Statement,
  known: Map<string, TableSpec>,
): Finding[] {
  const name = source.table?.toLowerCase()
  if (name === undefined || statement.ctes.has(name) || name.startsWith('sqlite_') || known.size === 0)
    return []
  if (!table) {
    const near = nearest(name, [...known.keys(), ...statement.ctes])
    return [
      at(
        source.token,
        'error',
        `No device has a table “${source.table}”.${near ? ` Did you mean “${near}”?` : ''}`,
      ),
    ]
  }
  const found: Finding[] = []
  const missing = table.columns.filter(
    (column) => column.required && !isConstrained(statement, source, column.name),
  )
  // Several required columns (path, directory) are alternatives of each other.
  if (missing.length > 0 && missing.length === table.columns.filter((column) => column.required).length) {
    const names = missing.map((column) => `“${column.name}”`).join(' or ')
    found.push(at(source.token, 'warning', `“${table.name}” gives no rows without a constraint on ${names}.`))
  }
  if (/_journal$|_activity$/.test(table.name) && !isConstrained(statement, source, 'time'))
    found.push(
      at(source.token, 'info', 'Without a constraint on “time” a journal shows the last 15 minutes.'),
    )
  return found
}

const comparison = /^(=|==|<|>|<=|>=|in|like|glob|between|is|regexp|match)$/i

/** Whether a column of the source is compared with something, or joined by USING. */
function isConstrained({ tokens }: Statement, source: Source, column: string): boolean {
  return tokens.some((token, index) => {
    if (!isName(token) || nameOf(token).toLowerCase() !== column) return false
    const qualified = tokens[index - 1]?.text === '.'
    if (qualified && nameOf(tokens[index - 2] ?? token).toLowerCase() !== source.alias.toLowerCase())
      return false
    const before = tokens[qualified ? index - 3 : index - 1]?.text ?? ''
    const after = tokens[index + 1]?.text ?? ''
    const usedTo = before === '(' && /^using$/i.test(tokens[index - 2]?.text ?? '')
    return usedTo || comparison.test(after) || comparison.test(before)
  })
}

function isName(token: Token): boolean {
  return token.kind === 'word' || token.kind === 'name'
}

/** Checks `alias.column` where the alias means one known table. A bare name may be anything, so it is left alone. */
function lintColumns(statement: Statement, spec: (source: Source) => TableSpec | undefined): Finding[] {
  const { tokens, sources } = statement
  return tokens.flatMap((token, index) => {
    if (!isName(token) || tokens[index - 1]?.text !== '.' || tokens[index + 1]?.text === '(') return []
    const alias = nameOf(tokens[index - 2] ?? token).toLowerCase()
    const meant = sources.filter((source) => source.alias.toLowerCase() === alias)
    const specs = new Set(meant.map(spec))
    const [table] = specs
    if (!table || specs.size !== 1 || statement.ctes.has(alias)) return []
    return lintColumn(token, table)
  })
}

function lintColumn(token: Token, table: TableSpec): Finding[] {
  const name = nameOf(token).toLowerCase()
  if (/^(rowid|oid|_rowid_)$/.test(name)) return []
  const column: ColumnSpec | undefined = table.columns.find((c) => c.name.toLowerCase() === name)
  if (column?.aliasOf) return [at(token, 'info', `“${column.name}” is an old name of “${column.aliasOf}”.`)]
  if (column) return []
  const near = nearest(
    name,
    table.columns.filter((c) => !c.aliasOf).map((c) => c.name),
  )
  return [
    at(
      token,
      'error',
      `“${table.name}” has no column “${nameOf(token)}”.${near ? ` Did you mean “${near}”?` : ''}`,
    ),
  ]
}
