import { AppError, type DataType } from '@quarry/schema'
import { placeList } from './list-places.ts'
import { type Token, tokenize, variablePattern } from './tokenize.ts'
import { usesIn } from './variables.ts'

/** A variable as the query declares it; `value` is its default. */
export interface DeclaredVariable {
  name: string
  dataType: DataType
  value?: string | undefined
}

/** A value, or a list of values, that somebody gave. Its type counts only for variables that no query declares. */
export interface VariableValue {
  name: string
  value?: string | undefined
  values?: readonly string[] | undefined
  dataType?: DataType | undefined
}

interface Rendered {
  type: DataType
  text: string
}

/**
 * Puts values into the `$$name$$` of a template, each by the place it stands in: inside a string literal it is escaped, bare it
 * becomes a number or a string literal of its own. A value never changes what the SQL is. A list does not go into the text: the
 * text reads it from the table `quarry_list`, to which the device puts the values that travel beside it.
 * @returns SQL
 * @throws AppError `bad_variable` with a sentence: no value, a value that is not of its type, or a place where it cannot stand.
 */
export function renderTemplate(
  template: string,
  declared: readonly DeclaredVariable[],
  values: readonly VariableValue[],
): string {
  const facts = (name: string) => {
    const variable = declared.find((v) => v.name.trim() === name)
    const given = values.find((v) => v.name.trim() === name)
    return { variable, given, type: variable?.dataType ?? given?.dataType ?? ('text' as const) }
  }
  const find = (name: string): Rendered => {
    const { variable, given, type } = facts(name)
    const value = given?.value ?? variable?.value
    if (value === undefined) throw new AppError('bad_variable', `The variable “${name}” has no value.`)
    return { type, text: checked(name, type, value) }
  }
  const tokens = tokenize(template)
  const isList = ({ name }: { name: string }) => facts(name).given?.values !== undefined
  const texts = tokens.map((token, index) =>
    usesIn(token).some(isList) ? '' : renderToken(token, tokens[index - 1], tokens[index + 1], find),
  )
  for (const [at, token] of tokens.entries()) {
    const uses = usesIn(token)
    const [list] = uses.filter(isList)
    if (!list) continue
    if (uses.length > 1)
      throw new AppError('bad_variable', `A list cannot stand beside another variable: ${token.text}.`)
    const { given, type } = facts(list.name)
    const bare = list.place === 'bare'
    placeList(tokens, texts, {
      at,
      name: list.name,
      numbers: type === 'integer' || type === 'dateTime',
      wild: given!.values!.some((value) => value.includes('%')),
      before: bare ? '' : unquoted(token.text.slice(0, list.from - token.from)).slice(1),
      after: bare ? '' : unquoted(token.text.slice(list.to - token.from)).slice(0, -1),
    })
  }
  return texts.join('')
}

/** Checks the values of a list by the type of its variable. @returns them as the device compares them. @throws AppError `bad_variable` */
export function checkedList(name: string, type: DataType, values: readonly string[]): string[] {
  if (type === 'boolean' || type === 'double')
    throw new AppError('bad_variable', `The variable “${name}” takes one value, not a list.`)
  if (values.length === 0) throw new AppError('bad_variable', `The list for “${name}” is empty.`)
  return [...new Set(values.map((value) => checked(name, type, value)))]
}

const gluedTo = (name: string) =>
  new AppError(
    'bad_variable',
    `The variable “${name}” stands glued to other text; put it inside quotes or between spaces.`,
  )

const unquoted = (text: string) => text.replaceAll("''", "'")

function renderToken(
  token: Token,
  before: Token | undefined,
  after: Token | undefined,
  find: (name: string) => Rendered,
): string {
  const glued = [before, after].some(
    (next) => next && /^(word|number|variable|string|name|blob|unknown)$/.test(next.kind),
  )
  if (token.kind === 'variable') {
    const name = token.text.slice(2, -2).trim()
    if (glued) throw gluedTo(name)
    return bare(find(name))
  }
  if (token.kind !== 'string' && token.kind !== 'name') return token.text
  if (!new RegExp(variablePattern, 'u').test(token.text)) return token.text
  if (token.text[0] === '`' || token.text[0] === '[')
    throw new AppError('bad_variable', `A variable cannot be part of a name: ${token.text}.`)
  // What begins with x may become a blob, and two literals side by side are one.
  if (token.kind === 'name' ? glued : /^x$/i.test(before?.text ?? '')) throw gluedTo(usesIn(token)[0]!.name)
  // Double quotes around a variable mean text (SQLite takes them so when no column has the name): made a literal, which never is a column.
  const quote = token.text[0]!
  const inner = token.text.slice(1, -1).replaceAll(quote + quote, quote)
  const filled = inner.replace(new RegExp(variablePattern, 'gu'), (use) => find(use.slice(2, -2).trim()).text)
  return literal(filled)
}

function bare({ type, text }: Rendered): string {
  const number = type === 'text' ? /^(0|-?[1-9]\d{0,17})$/.test(text) : true
  if (!number) return literal(text)
  // Two minus signs in a row would begin a comment.
  return text.startsWith('-') ? `(${text})` : text
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function checked(name: string, type: DataType, value: string): string {
  const wrong = (what: string) =>
    new AppError('bad_variable', `The variable “${name}” must be ${what}; it is “${value.slice(0, 60)}”.`)
  const trimmed = value.trim()
  switch (type) {
    case 'text':
      // SQLite ends a statement at a NUL.
      if (value.includes('\0')) throw wrong('text without NUL characters')
      return value
    case 'integer':
      if (!/^[+-]?\d+$/.test(trimmed) || BigInt.asIntN(64, BigInt(trimmed)) !== BigInt(trimmed))
        throw wrong('a whole number of 64 bits')
      return String(BigInt(trimmed))
    case 'double':
      if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(trimmed) || !Number.isFinite(Number(trimmed)))
        throw wrong('a number')
      return String(Number(trimmed))
    case 'boolean':
      if (/^(true|1)$/i.test(trimmed)) return '1'
      if (/^(false|0)$/i.test(trimmed)) return '0'
      throw wrong('true or false')
    case 'dateTime': {
      const seconds = unixSeconds(trimmed)
      if (seconds === undefined) throw wrong('a time such as 2026-01-31T09:30:00Z, or unix seconds')
      return String(seconds)
    }
  }
}

/** Unix seconds of an RFC 3339 time, of a date (midnight UTC) or of a number of seconds; undefined for anything else. */
export function unixSeconds(text: string): number | undefined {
  if (/^-?\d{1,12}(\.\d+)?$/.test(text)) return Math.floor(Number(text))
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/i.test(text))
    return undefined
  const millis = Date.parse(text.replace(' ', 'T'))
  return Number.isNaN(millis) ? undefined : Math.floor(millis / 1000)
}
