import { hoverTooltip } from '@codemirror/view'
import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { columnDetail } from './completions.ts'
import { type KnownSchema, tableNamed, tablesIn } from './known-schema.ts'

export interface Doc {
  title: string
  detail?: string
  text: string
}

/**
 * What is known about a word of the SQL: a table, a column of a table that is mentioned, a function, a variable.
 * @param before what stands in front of the dot, in `alias.word`
 */
export function docOf(
  word: string,
  before: string | undefined,
  sql: string,
  schema: KnownSchema,
  variables: readonly QueryVariable[],
): Doc | undefined {
  const variable = /^\$\$(.+)\$\$$/.exec(word)?.[1]?.trim()
  if (variable !== undefined) {
    const declared = variables.find(({ name }) => name === variable)
    if (!declared)
      return { title: word, text: 'A variable that is not declared: taken as text that needs a value.' }
    const standard = declared.value === undefined ? 'a value is needed' : `default “${declared.value}”`
    return { title: word, detail: `${declared.dataType}, ${standard}`, text: declared.description ?? '' }
  }
  if (before === undefined) {
    const table = tableNamed(word, sql, schema)
    if (table)
      return { title: table.name, detail: `table, ${table.platforms.join(', ')}`, text: table.description }
    const known = schema.functions.find(({ name }) => name.toLowerCase() === word.toLowerCase())
    if (known) return { title: known.signature, detail: 'function', text: known.description }
  }
  const owner = before === undefined ? undefined : tableNamed(before, sql, schema)
  for (const table of owner ? [owner] : tablesIn(sql, schema)) {
    const column = table.columns.find(({ name }) => name.toLowerCase() === word.toLowerCase())
    if (column)
      return { title: `${table.name}.${column.name}`, detail: columnDetail(column), text: column.description }
  }
  return undefined
}

/** Shows what is known about the word under the pointer. */
export function hoverDocs(known: () => { schema: KnownSchema; variables: readonly QueryVariable[] }) {
  return hoverTooltip((view, pos) => {
    const line = view.state.doc.lineAt(pos)
    for (const match of line.text.matchAll(/\$\$[^$\n]+\$\$|(?:(\w+)\.)?(\w+)/g)) {
      const from = line.from + match.index
      const to = from + match[0].length
      if (pos < from || pos > to) continue
      const { schema, variables } = known()
      const onOwner = match[1] !== undefined && pos < from + match[1].length
      const word = onOwner ? match[1]! : (match[2] ?? match[0])
      const doc = docOf(word, onOwner ? undefined : match[1], view.state.doc.toString(), schema, variables)
      return doc ? { pos: from, end: to, above: true, create: () => ({ dom: draw(doc) }) } : null
    }
    return null
  })
}

function draw({ title, detail, text }: Doc): HTMLElement {
  const box = document.createElement('div')
  box.style.cssText = 'max-width:420px;padding:6px 10px;font-size:12px'
  const head = box.appendChild(document.createElement('div'))
  const name = head.appendChild(document.createElement('strong'))
  name.style.fontFamily = 'var(--q-mono)'
  name.textContent = title
  if (detail) {
    const small = head.appendChild(document.createElement('span'))
    small.style.cssText = 'margin-left:8px;color:var(--q-dimmed)'
    small.textContent = detail
  }
  if (text) box.appendChild(document.createElement('div')).textContent = text
  return box
}
