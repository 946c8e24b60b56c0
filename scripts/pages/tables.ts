import { allTables } from '@quarry/agent/tables'
import { foreignColumns, foreignTables, inWords } from '@quarry/tables/foreign'
import { leftOut } from '@quarry/tables/left-out'
import { osqueryOnLinux } from '@quarry/tables/osquery'
import type { Page } from '../gen.ts'
import { table as markdown, page } from '../markdown.ts'

type Table = Awaited<ReturnType<typeof allTables>>[number]

const left = leftOut()
const osquery = osqueryOnLinux()
const foreign = foreignColumns()

/** `docs/reference/tables.md`: every table with its columns and examples, and the tables of osquery that are not here. */
export default async function tablesPage(): Promise<Page[]> {
  const tables = (await allTables()).sort((a, b) => a.name.localeCompare(b.name))
  const shared = tables.filter(({ name }) => osquery[name]).length
  const text = page(
    '# Tables',
    'A *required* column needs a constraint, or the table is empty and says so. A constraint on an *index* makes the table cheap; one on an *additional* column changes what it does. A *hidden* column is not part of `SELECT *`.',
    `There are ${tables.length} tables. Of the ${Object.keys(osquery).length} that osquery has on Linux, ${shared} are here under its names, with its columns, types and order; the others are [left out, each with its reason](#left-out). A query that names a table [of another platform](#of-other-platforms) is told so.`,
    tables.map(({ name }) => `[${name}](#${name})`).join(' · '),
    ...tables.flatMap(section),
    ...notHere(),
  )
  return [{ path: 'docs/reference/tables.md', text }]
}

function section(table: Table): string[] {
  return [
    `## ${table.name}`,
    table.description,
    [
      `Platforms: ${table.platforms.join(', ')}.`,
      ...(table.aliases?.length ? [`Also called ${table.aliases.map(code).join(', ')}.`] : []),
      ...(osquery[table.name] ? ['As in osquery.'] : []),
    ].join(' '),
    markdown(
      ['column', 'type', 'meaning'],
      Object.entries(table.columns).map(([name, column]) => [
        code(name),
        column.type,
        column.description + marksOf(table, name),
      ]),
    ),
    ...unfilled(table),
    ...table.examples.map((sql) => `\`\`\`sql\n${sql}\n\`\`\``),
  ]
}

function marksOf(table: Table, name: string): string {
  const column = table.columns[name]!
  const marks: string[] = (['required', 'index', 'additional', 'hidden'] as const).filter(
    (mark) => column[mark],
  )
  if (column.aliases?.length) marks.push(`old name ${column.aliases.map(code).join(', ')}`)
  if (osquery[table.name] && !osquery[table.name]![name]) marks.push('not in osquery')
  return marks.length > 0 ? ` (${marks.join(', ')})` : ''
}

/** Words by which a column says of itself that it has no value of its own. */
const saysEmpty = /always (empty|NULL|0)|it is empty|as there is none/

/** Columns of osquery that have no value here: those of other platforms, those left out, and those that say so. */
function unfilled(table: Table): string[] {
  const others = new Map<string, string[]>()
  for (const [name, { platforms }] of Object.entries(foreign[table.name] ?? {})) {
    if (table.columns[name]) continue
    const where = inWords([...new Set(platforms)])
    others.set(where, [...(others.get(where) ?? []), code(name)])
  }
  const reasons = Object.entries(left.columns).flatMap(([column, reason]) =>
    column.startsWith(`${table.name}.`)
      ? [`- ${code(column.slice(table.name.length + 1))} is left out: ${reason}`]
      : [],
  )
  const empty = Object.entries(table.columns).flatMap(([name, { description }]) =>
    osquery[table.name]?.[name] && saysEmpty.test(description) ? [`- ${code(name)}: ${description}`] : [],
  )
  const lines = [
    ...[...others].map(([where, names]) => `- Only on ${where}, and empty here: ${names.join(', ')}.`),
    ...reasons,
    ...empty,
  ]
  return lines.length > 0 ? ['Columns of osquery that are not filled:', lines.join('\n')] : []
}

function notHere(): string[] {
  const byName = ([a]: [string, unknown], [b]: [string, unknown]) => a.localeCompare(b)
  return [
    '## Left out',
    'Tables that osquery has on Linux and Quarry has not. A query that names one is told the reason.',
    markdown(
      ['table', 'reason'],
      Object.entries(left.tables)
        .sort(byName)
        .map(([name, reason]) => [code(name), reason]),
    ),
    '## Of other platforms',
    'Tables that exist only on other platforms. On a Linux device a query that names one ends with an error that says where the table exists.',
    markdown(
      ['table', 'platforms'],
      Object.entries(foreignTables())
        .sort(byName)
        .map(([name, platforms]) => [code(name), platforms.join(', ')]),
    ),
  ]
}

const code = (text: string) => `\`${text}\``
