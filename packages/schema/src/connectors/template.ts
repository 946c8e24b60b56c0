/** Placeholders of a connector: `{value}`, `{value|base64url}`, `{secret.key}`. What is no placeholder stands for itself. */
const placeholder = /\{(value|secret\.([A-Za-z]\w{0,31}))(?:\|(\w+))?\}/g

/** How a value is written before it is put into its place. */
const filters = {
  /** RFC 4648 base64url without padding: how VirusTotal names a URL. */
  base64url: (value: string) => base64url(value),
  /** A phrase of the query language of Lucene and Elasticsearch. */
  quoted: (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`,
  upper: (value: string) => value.toUpperCase(),
} as const

/** What a template needs, in its order. */
export interface Placeholder {
  text: string
  /** The name of the secret; undefined for the value. */
  secret?: string
  filter?: string
}

/** Lists the placeholders of a text. */
export function placeholdersOf(text: string): Placeholder[] {
  return [...text.matchAll(placeholder)].map(([all, , secret, filter]) => ({
    text: all,
    ...(secret !== undefined && { secret }),
    ...(filter !== undefined && { filter }),
  }))
}

/** Tells what is wrong with the placeholders of a text; undefined when nothing is. */
export function badPlaceholder(text: string): string | undefined {
  for (const { filter, text: all } of placeholdersOf(text)) {
    if (filter !== undefined && !Object.hasOwn(filters, filter))
      return `${all} has a filter that does not exist`
  }
  const left = text.replace(placeholder, '')
  const stray = /\{[^{}]*\}|\$\$[^$]+\$\$/.exec(left)
  return stray ? `${stray[0]} is not a placeholder; use {value} or {secret.name}` : undefined
}

/**
 * Puts values into a text.
 * @param secret returns a secret by its name; undefined when it is not set
 * @param encode applied to each value that is put in, not to the text around it
 * @returns undefined when a secret of it is not set
 */
export function fillTemplate(
  text: string,
  value: string,
  secret: (name: string) => string | undefined,
  encode: (value: string) => string = (plain) => plain,
): string | undefined {
  let missing = false
  const filled = text.replace(
    placeholder,
    (_all, what: string, name: string | undefined, filter?: string) => {
      const plain = what === 'value' ? value : secret(name!)
      if (plain === undefined) missing = true
      const write = filter === undefined ? undefined : filters[filter as keyof typeof filters]
      return encode(write ? write(plain ?? '') : (plain ?? ''))
    },
  )
  return missing ? undefined : filled
}

function base64url(value: string): string {
  const bytes = new TextEncoder().encode(value)
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
