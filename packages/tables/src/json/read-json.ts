/**
 * Reads JSON that somebody else wrote. Whole numbers beyond 2^53 become bigints, so that none loses its last digits.
 * @throws SyntaxError for text that is no JSON.
 */
export function parseJson(text: string): unknown {
  return (JSON.parse as (text: string, revive: Revive) => unknown)(text, (_key, value, context) =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? wholeNumber(context.source, value)
      : value,
  )
}

type Revive = (key: string, value: unknown, context: { source: string }) => unknown

const wholeNumber = (source: string, value: number) => (/^-?\d+$/.test(source) ? BigInt(source) : value)

/** What stands at a path inside a value, whatever its type; undefined where there is nothing. */
export function at(value: unknown, ...path: string[]): unknown {
  let found = value
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as Record<string, unknown>)[name]
  }
  return found
}

/** The text at a path; null for anything else. */
export function textAt(value: unknown, ...path: string[]): string | null {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : null
}

/** The number at a path; true and false are 1 and 0, anything else is null. */
export function numberAt(value: unknown, ...path: string[]): number | bigint | null {
  const found = at(value, ...path)
  if (typeof found === 'boolean') return found ? 1 : 0
  return typeof found === 'number' || typeof found === 'bigint' ? found : null
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** Names and values of the object at a path; empty where there is none. */
export function entriesAt(value: unknown, ...path: string[]): [string, unknown][] {
  const found = at(value, ...path)
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.entries(found) : []
}

/** The texts of a list at a path, joined by commas; empty where there is none. */
export const joinedAt = (value: unknown, ...path: string[]): string =>
  listAt(value, ...path)
    .filter((one) => typeof one === 'string')
    .join(', ')
