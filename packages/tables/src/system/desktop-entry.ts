/** Values of the group `[Desktop Entry]` of a desktop file by their names (freedesktop.org's Desktop Entry Specification). */
export function desktopEntry(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let within = false
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim()
    if (line.startsWith('[')) within = line === '[Desktop Entry]'
    const equals = line.indexOf('=')
    if (within && equals > 0 && !line.startsWith('#'))
      found.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim())
  }
  return found
}

/** Cuts the command of a desktop entry into the program and the rest. */
export function commandParts(command: string): { program: string; rest: string } {
  const [, quoted, bare, rest] = /^(?:"((?:[^"\\]|\\.)*)"|(\S+))\s*(.*)$/s.exec(command) ?? []
  return { program: quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '', rest: rest ?? '' }
}
