/** A mount as /proc/self/mountinfo tells it (proc(5)). Paths are byte strings: a character for each byte. */
export interface Mount {
  id: string
  parent: string
  /** Device number, as `<major>:<minor>`. */
  device: string
  /** What of the file system is mounted. */
  root: string
  point: string
  options: string
  type: string
  source: string
}

/** Reads the lines of mountinfo (as latin1). A line that does not fit is left out. */
export function parseMountinfo(text: string): Mount[] {
  const mounts: Mount[] = []
  for (const line of text.split('\n')) {
    const fields = line.split(' ')
    // Optional fields end with a lone hyphen.
    const end = fields.indexOf('-', 6)
    const [id, parent, device, root, point, options] = fields
    if (!id || !parent || !device || !root || !point || !options || end < 0) continue
    const [type = '', source = ''] = fields.slice(end + 1)
    mounts.push({
      id,
      parent,
      device,
      root: unescapeOctal(root),
      point: unescapeOctal(point),
      options,
      type,
      source: unescapeOctal(source),
    })
  }
  return mounts
}

/** Space, tab, newline and backslash are written as three octal digits. */
function unescapeOctal(text: string): string {
  if (!text.includes('\\')) return text
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8) & 0xff),
  )
}
