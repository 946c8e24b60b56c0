import { AppError, type CatalogueQuery } from '@quarry/schema'
import type { QueryInput } from '@quarry/schema/endpoints/queries'
import { findVariables, tokenize } from '@quarry/sql'
import type { ShippedQuery } from '../catalogue/catalogue.ts'
import { categoryIdOf } from '../catalogue/ids.ts'

/** What a query is, shipped or custom, apart from its id and name. */
export type QueryContent = Omit<QueryInput, 'name'> & { attack: string[]; references: string[] }

/** Checks that SQL can be read at all. @throws AppError bad_sql */
export function checkSql(template: string): void {
  const tokens = tokenize(template)
  const open = tokens.find(({ kind, text }) => kind === 'unknown' && /^['"`[]/.test(text))
  if (open)
    throw new AppError('bad_sql', `The SQL has a quote that is never closed: ${open.text.slice(0, 40)}`)
  if (tokens.every(({ kind }) => kind === 'space' || kind === 'comment')) {
    throw new AppError('bad_sql', 'The SQL holds nothing but comments.')
  }
}

/**
 * Checks a query before it is saved.
 * @throws AppError bad_sql when it cannot be read, bad_variable when a `$$name$$` is declared nowhere or twice
 */
export function checkContent({ template, variables }: Pick<QueryContent, 'template' | 'variables'>): void {
  checkSql(template)
  const names = variables.map(({ name }) => name.trim())
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new AppError('bad_variable', `The variable “${twice}” is declared twice.`)
  const unknown = findVariables(template).find(({ name }) => !names.includes(name))
  if (unknown) throw new AppError('bad_variable', `The variable “${unknown.name}” is used but not declared.`)
}

/** The content of a shipped query or of a catalogue file. */
export function contentOfEntry(entry: CatalogueQuery, categoryIds: string[]): QueryContent {
  return {
    description: entry.description.trim(),
    template: entry.sql.trim(),
    variables: entry.variables.map(({ value, ...variable }) => ({
      ...variable,
      ...(value !== undefined && { value: String(value) }),
    })),
    supportedOSes: entry.supportedOSes,
    categoryIds,
    columns: entry.columns,
    attack: entry.attack,
    references: entry.references,
  }
}

export const contentOfShipped = ({ entry, category }: ShippedQuery): QueryContent =>
  contentOfEntry(entry, [categoryIdOf(category)])

/** Returns a query as a catalogue file would hold it. A custom one gets the category and name of a file to be. */
export function entryOf(code: string, name: string, content: QueryContent): CatalogueQuery {
  const description = content.description.trim() || `${name}.`
  return {
    id: code,
    name,
    // A catalogue description is made of sentences; what a person typed may not be.
    description: /^[A-Z0-9`“"][\s\S]*\.$/.test(description)
      ? `${description}\n`
      : `${capital(description)}${description.endsWith('.') ? '' : '.'}\n`,
    supportedOSes: content.supportedOSes,
    engines: ['live'],
    status: 'experimental',
    attack: content.attack,
    references: content.references,
    variables: content.variables.map(({ description: about, ...variable }) => ({
      ...variable,
      ...(about && { description: `${capital(about.trim())}${about.trim().endsWith('.') ? '' : '.'}` }),
    })),
    sql: content.template.endsWith('\n') ? content.template : `${content.template}\n`,
    columns: content.columns,
    tests: [],
  }
}

function capital(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1)
  return /^[A-Z0-9`“"]/.test(first) ? first : `“${first}”`
}
