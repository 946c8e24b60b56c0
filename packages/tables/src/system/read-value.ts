import type { Host } from '../host/host.ts'

/** Text of a file that holds one value, without white space around it; null when it cannot be read or is empty. */
export function readValue(host: Host, path: string): string | null {
  try {
    return (
      host
        .read(path, 64 << 10)
        .replaceAll('\0', ' ')
        .trim() || null
    )
  } catch {
    return null
  }
}

/** Values of a file of `NAME=value` lines, quotes taken off; empty when it cannot be read. */
export function readAssignments(host: Host, path: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of readValue(host, path)?.split('\n') ?? []) {
    const [, name, value = ''] = /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line) ?? []
    if (name) found.set(name, unquoted(value.trim()))
  }
  return found
}

/** A value as a shell would read it: in double or single quotes, or bare. */
function unquoted(value: string): string {
  const quote = value[0]
  if (quote !== '"' && quote !== "'") return value
  const inside = value.slice(1, value.endsWith(quote) && value.length > 1 ? -1 : undefined)
  return quote === '"' ? inside.replace(/\\(["\\$`])/g, '$1') : inside
}
