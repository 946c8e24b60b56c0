export interface Section {
  name: string
  /** By their names in lower case; the lines of a long value are joined by a space. */
  values: Map<string, string>
}

/** Reads a file of `[section]` lines and `name = value` lines, comments beginning with `#` or `;`. */
export function* iniSections(lines: Iterable<string>): Generator<Section> {
  let section: Section | undefined
  let last = ''
  for (const line of lines) {
    const text = line.trim()
    if (text === '' || text.startsWith('#') || text.startsWith(';')) continue
    const [, name] = /^\[([^\]]+)\]/.exec(text) ?? []
    if (name) {
      if (section) yield section
      section = { name, values: new Map() }
      last = ''
      continue
    }
    const equals = text.indexOf('=')
    if (/^\s/.test(line) && last) section?.values.set(last, `${section.values.get(last)} ${text}`.trim())
    else if (equals > 0) {
      last = text.slice(0, equals).trim().toLowerCase()
      section?.values.set(last, text.slice(equals + 1).trim())
    }
  }
  if (section) yield section
}
