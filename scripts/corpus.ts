// `npm run corpus -- <folder>`: runs every .sql of a folder on this machine and says for each what became of it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { runLocally } from '@quarry/agent/run-locally'
import type { QueryEnd, WireValue } from '@quarry/schema/agent/query'
import { findVariables, lakeTableIn, renderTemplate } from '@quarry/sql'
import { decode } from './corpus/decode.ts'
import { openEmptyTables } from './corpus/empty-tables.ts'
import { knownThings } from './corpus/known-things.ts'
import { numericNames } from './corpus/numeric-names.ts'
import { type KnownThings, plausibleValue } from './corpus/plausible-value.ts'
import { withoutHeader } from './corpus/without-header.ts'

type Class = 'ran' | 'ran, no rows' | "another platform's table" | 'lake query' | 'failed'

const folder = process.argv[2]
if (!folder) {
  console.error('Name a folder: npm run corpus -- <folder>')
  process.exit(2)
}

// Kept for all queries, as an agent keeps its own.
const cacheFolder = mkdtempSync(join(tmpdir(), 'quarry-corpus-'))
process.on('exit', () => rmSync(cacheFolder, { recursive: true, force: true }))

async function ask(
  sql: string,
): Promise<{ rows: number; first?: WireValue[] | undefined; end: QueryEnd; millis: number }> {
  const started = performance.now()
  let rows = 0
  let first: WireValue[] | undefined
  for await (const event of runLocally(sql, { limits: { cpuShare: 1 }, cacheFolder })) {
    if (event.type === 'rows') {
      first ??= event.rows[0]
      rows += event.rows.length
    } else if (event.type === 'end')
      return { rows, first, end: event.end, millis: performance.now() - started }
  }
  throw new Error('The query had no end.')
}

/** Fills the variables, or says why it cannot. */
function filled(template: string, known: KnownThings): string {
  const names = [...new Set(findVariables(template).map((use) => use.name))]
  const numeric = numericNames(template)
  const valueFor = (name: string) => {
    const given = plausibleValue(name, known)
    const isText = given.dataType === 'text' && numeric.has(name)
    return isText ? { value: '1', dataType: 'integer' as const } : given
  }
  return renderTemplate(
    template,
    [],
    names.map((name) => ({ name, ...valueFor(name) })),
  )
}

async function classify(template: string, known: KnownThings): Promise<{ kind: Class; about: string }> {
  let sql: string
  try {
    sql = filled(template, known)
  } catch (error) {
    const lake = lakeTableIn(template)
    if (lake) return { kind: 'lake query', about: `reads ${lake}` }
    return { kind: 'failed', about: error instanceof Error ? error.message : String(error) }
  }
  const { rows, end, millis } = await ask(sql)
  const ms = `${Math.round(millis)} ms`
  if (end.error?.code === 'other_platform')
    return { kind: "another platform's table", about: end.error.message }
  if (end.error?.code === 'lake_table') return { kind: 'lake query', about: end.error.message }
  if (end.status !== 'succeeded')
    return { kind: 'failed', about: `${end.error?.code}: ${end.error?.message}` }
  const warnings = end.warnings.map((warning) => warning.message).join(' ')
  return rows > 0
    ? { kind: 'ran', about: `${rows} rows, ${ms}` }
    : { kind: 'ran, no rows', about: `${ms}; ${await emptyTables(sql)}${warnings ? ` ${warnings}` : ''}` }
}

const root = resolve(folder)
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
const known = await knownThings(ask)
const emptyTables = await openEmptyTables(ask)
const totals = new Map<Class, number>()
const empty: string[] = []
for (const file of files) {
  const name = relative(root, file)
  const { kind, about } = await classify(withoutHeader(decode(readFileSync(file))), known)
  totals.set(kind, (totals.get(kind) ?? 0) + 1)
  if (kind === 'ran, no rows') empty.push(`${name}: ${about}`)
  console.log(`${kind.padEnd(25)} ${name}: ${about}`)
}
console.log(`\nWithout rows:\n${empty.map((line) => `  ${line}`).join('\n') || '  none'}`)
console.log(`\n${files.length} queries`)
for (const [kind, count] of totals) console.log(`${String(count).padStart(5)} ${kind}`)
process.exitCode = totals.get('failed') ? 1 : 0
