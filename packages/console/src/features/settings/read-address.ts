import type { Pair } from './connector-draft.ts'

/** What an address that somebody pasted holds, taken apart. */
export interface ReadAddress {
  url: string
  query: Pair[]
  /** Names of the secrets that it needs. */
  secrets: string[]
  /** Keys that stood in it themselves, by the name of their secret. */
  given: Record<string, string>
}

const secretive = /key|token|secret|auth|pass/i
const places = /\$\$(\w+)\$\$|\{([^{}|]+)(\|\w+)?\}|<([\w -]+)>/g

/**
 * Takes an address apart as services print them in their manuals: `http://api.example.com/{ip}?access_key={key}`. A place
 * whose name, or the name of its field, speaks of a key becomes a secret, any other the value; what follows the question
 * mark becomes fields of the query. A key that stands
 * there itself is taken out, so that it is not saved in the open.
 */
export function readAddress(text: string): ReadAddress {
  const secrets = new Set<string>()
  const put = (part: string, field: string) =>
    part.replace(places, (all, pivot?: string, braced?: string, filter?: string, angled?: string) => {
      const name = pivot ?? braced ?? angled ?? ''
      if (name === 'value') return all
      const own = /^secret\.(\w+)$/.exec(name)?.[1]
      if (own === undefined && !secretive.test(name) && !secretive.test(field))
        return `{value${filter ?? ''}}`
      const secret = own ?? 'key'
      secrets.add(secret)
      return `{secret.${secret}}`
    })
  const [address = '', ...rest] = text.trim().split('?')
  const fields = rest.join('?').split('#')[0]!.split('&').filter(Boolean)
  const given: Record<string, string> = {}
  const query = fields.map((field) => {
    const [name = '', ...value] = field.split('=')
    const text = decoded(value.join('='))
    if (!secretive.test(name) || text.length < 8 || text.search(places) >= 0)
      return { name: decoded(name), value: put(text, name) }
    secrets.add('key')
    given.key = text
    return { name: decoded(name), value: '{secret.key}' }
  })
  return { url: put(address.split('#')[0]!, ''), query, secrets: [...secrets], given }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
