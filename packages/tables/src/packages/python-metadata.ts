export interface PythonPackage {
  name: string
  version: string
  summary: string
  author: string
  license: string
}

const fields = new Map([
  ['name', 'name'],
  ['version', 'version'],
  ['summary', 'summary'],
  ['author', 'author'],
  ['author-email', 'email'],
  ['license', 'license'],
  ['license-expression', 'expression'],
])

/** Reads METADATA or PKG-INFO (core metadata): header lines up to the first empty one. Undefined without a name. */
export function parsePythonMetadata(lines: Iterable<string>): PythonPackage | undefined {
  const found = new Map<string, string>()
  for (const line of lines) {
    if (line === '') break
    const colon = line.indexOf(':')
    const field = colon > 0 && fields.get(line.slice(0, colon).toLowerCase())
    if (field && !found.has(field)) found.set(field, line.slice(colon + 1).trim())
  }
  const name = found.get('name')
  if (!name) return undefined
  return {
    name,
    version: found.get('version') ?? '',
    summary: found.get('summary') ?? '',
    author: found.get('author') || (found.get('email') ?? ''),
    license: found.get('license') || (found.get('expression') ?? ''),
  }
}
