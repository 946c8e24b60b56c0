/** Shortens a text in its middle, `9f2c41d8…06e7a1`: head and tail stay readable. A text that is short enough stays whole. */
export function shortenMiddle(text: string, head = 8, tail = 6): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`
}

/** Splits a path before its last part, so that the end stays in view when the beginning is cut: `['/usr/sbin/', 'nginx']`. */
export function splitPath(path: string): [folder: string, name: string] {
  const inner = path.slice(0, -1)
  const cut = Math.max(inner.lastIndexOf('/'), inner.lastIndexOf('\\'))
  return [path.slice(0, cut + 1), path.slice(cut + 1)]
}
