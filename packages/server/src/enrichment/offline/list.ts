/** A list of values: what its line says of each. */
export type ValueList = ReadonlyMap<string, Record<string, string>>

/**
 * Reads a list: one value a line, or CSV whose first line names the columns and whose first column is the value. Empty
 * lines and those that begin with # are left out. Values are compared in small letters.
 */
export function readList(bytes: Buffer): ValueList {
  const lines = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const [first = '', ...rest] = lines
  if (!first.includes(','))
    return new Map(lines.map((line) => [line.trim().toLowerCase(), { value: line.trim() }]))
  const names = cellsOf(first)
  return new Map(
    rest.map((line) => {
      const cells = cellsOf(line)
      return [cells[0]!.toLowerCase(), Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))]
    }),
  )
}

/** The cells of one line of CSV (RFC 4180); a cell does not go on in the next line here. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  )
}
