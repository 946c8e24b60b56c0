import { toCell } from '../values.ts'
import type { ExportSource } from './read-chunks.ts'

/** What a spreadsheet takes for the beginning of a formula; the last four are the full-width forms. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/
const plainNumber = /^[+-]?\d+(\.\d+)?$/

/** Writes one cell after RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvCell(value: unknown): string {
  const cell = toCell(value)
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = formula.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Writes an export as CSV: UTF-8, a header, lines that end in CR LF. */
export function* writeCsv(source: ExportSource): Generator<string> {
  yield `${source.columns.map(({ name }) => csvCell(name)).join(',')}\r\n`
  for (const rows of source.chunks(1000)) {
    let text = ''
    for (const row of rows) text += `${row.map(csvCell).join(',')}\r\n`
    yield text
  }
}
