import { type Completion, snippetCompletion } from '@codemirror/autocomplete'
import type { SQLNamespace } from '@codemirror/lang-sql'
import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { type KnownSchema, type KnownTable, tablesIn } from './known-schema.ts'

type Column = KnownTable['columns'][number]

/** `text, required`: what stands behind the name of a column. */
export function columnDetail(column: Column): string {
  return [column.type, column.required && 'required', column.index && 'index', column.aliasOf && 'old name']
    .filter(Boolean)
    .join(', ')
}

function columnCompletion(column: Column, boost = 0): Completion {
  return {
    label: column.name,
    type: 'property',
    detail: columnDetail(column),
    info: column.description,
    boost: column.aliasOf || column.hidden ? -10 : boost,
  }
}

/** Tables and their columns as CodeMirror's SQL completion wants them; it resolves aliases by itself. */
export function namespaceOf({ tables }: KnownSchema): SQLNamespace {
  return Object.fromEntries(
    tables.map((table) => [
      table.name,
      {
        self: {
          label: table.name,
          type: 'class',
          detail: table.devices === 1 ? '1 device' : `${table.devices} devices`,
          info: table.description,
        },
        children: table.columns.map((column) => columnCompletion(column)),
      },
    ]),
  )
}

/** What can stand as a bare word: columns of the tables that the SQL mentions, and functions. */
export function wordCompletions(sql: string, schema: KnownSchema): Completion[] {
  const columns = new Map<string, Completion>()
  for (const table of tablesIn(sql, schema))
    for (const column of table.columns)
      if (!columns.has(column.name))
        columns.set(column.name, {
          ...columnCompletion(column, 5),
          detail: `${table.name} · ${columnDetail(column)}`,
        })
  const functions = schema.functions.map(({ name, signature, description }) =>
    snippetCompletion(`${name}(\${})`, {
      label: name,
      type: 'function',
      detail: signature,
      info: description,
    }),
  )
  return [...columns.values(), ...functions]
}

/** The variables, in their dollars. */
export function variableCompletions(variables: readonly QueryVariable[]): Completion[] {
  return variables.map(({ name, dataType, value, description }) => ({
    label: `$$${name}$$`,
    type: 'variable',
    detail: value === undefined ? dataType : `${dataType}, default ${value}`,
    ...(description && { info: description }),
  }))
}

/** Where the variable begins that is being typed at the end of a line; undefined when none is, as after `$$done$$`. */
export function openVariable(line: string): number | undefined {
  const whole = line.replaceAll(/\$\$[^$]+\$\$/g, (variable) => ' '.repeat(variable.length))
  return /\$\$?[^$]{0,128}$/.exec(whole)?.index
}
