/** What may stand alone above a query: nothing, a line that begins with `#`, a web address. */
const header = /^\s*(#|https?:\/\/\S*\s*$|$)/
/** A line of a box: nothing but `#`. */
const closes = /^\s*#{3,}\s*$/
/** How far down a box may reach. */
const BOX_LINES = 30

/**
 * Takes away what public collections put above a query and no SQL engine reads: lines that begin with `#`, bare web addresses between
 * them, whatever stands between `##### TITLE #####` and the next line of `#` alone, and a comment whose marks are the wrong way
 * round (above the query, a line that begins with the closing mark up to one that ends with the opening one). What is inside the
 * query stays as it is.
 */
export function withoutHeader(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  const first = lines.findIndex((line, index) => index >= endOfBox(lines) && !header.test(line))
  return first < 0 ? '' : lines.slice(first).join('\n')
}

/** Index of the line below a box or a comment the wrong way round; 0 where there is none. */
function endOfBox(lines: readonly string[]): number {
  const start = lines.findIndex((line) => line.trim() !== '')
  const open = lines[start]?.trim() ?? ''
  const within = lines.slice(start + 1, start + 1 + BOX_LINES)
  const found = /^#{3,}.*[^#\s]/.test(open)
    ? within.findIndex((line) => closes.test(line))
    : open.startsWith('*/')
      ? within.findIndex((line) => /\/\*\s*$/.test(line) && !line.includes('*/'))
      : -1
  return found < 0 ? 0 : start + 2 + found
}
