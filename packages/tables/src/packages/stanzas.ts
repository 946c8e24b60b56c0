/**
 * Reads a file of stanzas with `Name: value` fields, as dpkg and apt write them (deb-control(5)). Names come in lower case; the lines
 * of a long value are joined by newlines, the dot of an empty one taken off. With `wanted` other fields are skipped.
 */
export function* stanzas(
  lines: Iterable<string>,
  wanted?: ReadonlySet<string>,
): Generator<ReadonlyMap<string, string>> {
  let fields = new Map<string, string>()
  let name = ''
  for (const line of lines) {
    if (line === '' || /^\s+$/.test(line)) {
      if (fields.size > 0) yield fields
      fields = new Map()
      name = ''
      continue
    }
    if (line[0] === '#') continue
    if (line[0] === ' ' || line[0] === '\t') {
      if (name) fields.set(name, `${fields.get(name)}\n${line.trim().replace(/^\.$/, '')}`.replace(/^\n/, ''))
      continue
    }
    const colon = line.indexOf(':')
    name = colon > 0 ? line.slice(0, colon).toLowerCase() : ''
    if (wanted && !wanted.has(name)) name = ''
    if (name) fields.set(name, line.slice(colon + 1).trim())
  }
  if (fields.size > 0) yield fields
}
