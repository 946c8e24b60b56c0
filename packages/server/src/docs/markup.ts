/** HTML that is safe to put into a page as it is. */
export interface Markup {
  readonly text: string
}

type Value = string | number | false | undefined | Markup | readonly (string | Markup)[]

/** A template of HTML: what is filled in is escaped, unless it is markup itself; `false` and `undefined` leave nothing. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return raw(strings.map((part, index) => (index === 0 ? '' : textOf(values[index - 1])) + part).join(''))
}

/** Declares text to be markup already. */
export function raw(text: string): Markup {
  return { text }
}

/** A sentence of the contract, in which backticks stand around code. */
export function rich(text: string): Markup {
  return raw(escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>'))
}

function textOf(value: Value): string {
  if (value === false || value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return 'text' in value ? value.text : value.map(textOf).join('')
}

function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (character) => entities[character]!)
}
