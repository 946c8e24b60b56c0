import type { ColumnSpec, TableSpec } from '@quarry/schema'
import { openConstraints } from './constrains.ts'
import { at, type Finding, isName, placed, type Remark } from './finding.ts'
import { platformsOf, platformsOfColumn } from './foreign-tables.ts'
import { type Guess, openGuesses } from './guess.ts'
import { isLakeTable } from './lake-tables.ts'
import { lintBareNames } from './lint-bare-names.ts'
import { lintOldNames } from './lint-old-names.ts'
import { nameOf, readStatement, type Source, type Statement } from './sources.ts'
import type { Token } from './tokenize.ts'

/** A table as devices have it. */
export type LintedTable = TableSpec & {
  /** How many of the chosen devices have it. */
  devices?: number
}

/**
 * Looks a query over without running it: unknown tables and columns with the nearest name, tables of other platforms, tables that
 * some of the devices do not have, old names, required columns without a constraint, and journals without a constraint on time.
 * It would rather say nothing than something wrong.
 * @param tables what the devices have
 * @param devices how many devices were chosen
 */
export function lint(sql: string, tables: readonly LintedTable[], devices?: number): Finding[] {
  const byName = new Map<string, LintedTable>()
  for (const table of tables)
    for (const name of [table.name, ...(table.aliases ?? [])]) byName.set(name.toLowerCase(), table)
  const statement = readStatement(sql)
  const spec = (source: Source) =>
    source.table === undefined ? undefined : byName.get(source.table.toLowerCase())
  const constrains = openConstraints(statement)
  const guess = openGuesses()
  // A NATURAL join constrains whatever has the same name.
  const natural = statement.tokens.some(({ text }) => /^natural$/i.test(text))
  return placed(sql, [
    ...statement.sources.flatMap((source) => [
      ...lintTable(source, spec(source), statement, byName, guess),
      ...(natural ? [] : lintConstraints(source, spec(source), statement, constrains)),
      ...lintDevices(source, spec(source), devices),
    ]),
    ...lintColumns(statement, spec, guess),
    ...lintBareNames(statement, spec, guess),
    ...lintOldNames(statement, spec),
  ])
}

function lintTable(
  source: Source,
  table: TableSpec | undefined,
  statement: Statement,
  known: Map<string, TableSpec>,
  guess: Guess,
): Remark[] {
  const name = source.table?.toLowerCase()
  if (table || name === undefined || statement.ctes.has(name) || name.startsWith('sqlite_')) return []
  if (known.size === 0) return []
  if (isLakeTable(name))
    return [at(source.token, 'error', `“${source.table}” is a table of the data lake; no device has it.`)]
  const platforms = platformsOf(name)
  if (platforms)
    return [at(source.token, 'error', `“${source.table}” is a table of ${platforms}; no device here has it.`)]
  const near = guess(name, () => [...known.keys(), ...statement.ctes])
  return [at(source.token, 'error', `No device has a table “${source.table}”.${near}`)]
}

function lintConstraints(
  source: Source,
  table: TableSpec | undefined,
  { ctes }: Statement,
  constrains: ReturnType<typeof openConstraints>,
): Remark[] {
  if (!table || ctes.has(source.table?.toLowerCase() ?? '')) return []
  const namesOf = (name: string) =>
    table.columns.filter((column) => column.name === name || column.aliasOf === name).map((one) => one.name)
  const required = table.columns.filter((column) => column.required && !column.aliasOf)
  const missing = required.filter(({ name }) => !constrains(source, namesOf(name)))
  if (missing.length > 0 && (missing.length === required.length || table.requiresAll)) {
    const names = missing.map((column) => `“${column.name}”`).join(table.requiresAll ? ' and ' : ' or ')
    return [at(source.token, 'warning', `“${table.name}” gives no rows without a constraint on ${names}.`)]
  }
  const isJournal = table.columns.some(({ name }) => name === 'time_ms')
  if (isJournal && !constrains(source, ['time', 'time_ms', ...namesOf('sophos_pid')]))
    return [at(source.token, 'info', 'Without a constraint on “time” a journal shows the last 15 minutes.')]
  return []
}

function lintDevices(source: Source, table: LintedTable | undefined, devices: number | undefined): Remark[] {
  if (!table || table.devices === undefined || !devices || table.devices >= devices) return []
  const without = devices - table.devices
  const message =
    table.devices === 0
      ? `None of the chosen devices has the table “${table.name}”.`
      : `${without} of the ${devices} chosen devices ${without === 1 ? 'does' : 'do'} not have the table “${table.name}”.`
  return [at(source.token, table.devices === 0 ? 'error' : 'warning', message)]
}

/** Checks `alias.column` where the alias means one known table. A bare name may be anything, so it is left alone. */
function lintColumns(
  statement: Statement,
  spec: (source: Source) => TableSpec | undefined,
  guess: Guess,
): Remark[] {
  const { tokens, sources } = statement
  const meant = new Map<string, Set<TableSpec | undefined>>()
  for (const source of sources) {
    const alias = source.alias.toLowerCase()
    const specs = meant.get(alias)
    if (specs) specs.add(spec(source))
    else meant.set(alias, new Set([spec(source)]))
  }
  return tokens.flatMap((token, index) => {
    if (!isName(token) || tokens[index - 1]?.text !== '.' || tokens[index + 1]?.text === '(') return []
    const alias = nameOf(tokens[index - 2] ?? token).toLowerCase()
    const specs = meant.get(alias)
    const [table] = specs ?? []
    if (!table || specs?.size !== 1 || statement.ctes.has(alias)) return []
    return lintColumn(token, table, guess)
  })
}

function lintColumn(token: Token, table: TableSpec, guess: Guess): Remark[] {
  const name = nameOf(token).toLowerCase()
  if (/^(rowid|oid|_rowid_)$/.test(name)) return []
  const column: ColumnSpec | undefined = table.columns.find((c) => c.name.toLowerCase() === name)
  if (column?.aliasOf) return [at(token, 'info', `“${column.name}” is an old name of “${column.aliasOf}”.`)]
  if (column) return []
  const platforms = platformsOfColumn(table.name, name)
  if (platforms)
    return [
      at(
        token,
        'info',
        `“${table.name}” has “${nameOf(token)}” only on ${platforms}; elsewhere it is empty.`,
      ),
    ]
  const near = guess(name, () => table.columns.filter((one) => !one.aliasOf).map((one) => one.name))
  return [at(token, 'error', `“${table.name}” has no column “${nameOf(token)}”.${near}`)]
}
