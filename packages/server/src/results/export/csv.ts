import { csvLine } from '@quarry/schema'
import { toCell } from '../values.ts'
import type { ExportSource } from './read-chunks.ts'

/** Writes an export as CSV: UTF-8, a header, lines that end in CR LF; safe against formulas. */
export function* writeCsv(source: ExportSource): Generator<string> {
  yield csvLine(source.columns.map(({ name }) => name))
  for (const rows of source.chunks(1000)) {
    let text = ''
    for (const row of rows) text += csvLine(row.map(toCell))
    yield text
  }
}
