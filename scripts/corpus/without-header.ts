/**
 * Takes away what public collections put above a query and no SQL engine reads: lines that begin with `#`, and bare web addresses
 * between them. What is inside the query stays as it is.
 */
export function withoutHeader(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  const isHeader = (line: string) => /^\s*(#|https?:\/\/\S*\s*$|$)/.test(line)
  const first = lines.findIndex((line) => !isHeader(line))
  return first < 0 ? '' : lines.slice(first).join('\n')
}
