import { toCell } from '../values.ts'
import type { ExportSource } from './read-chunks.ts'

/** Writes an export as JSON lines: an object a row, cells as in the API. */
export function* writeJsonl(source: ExportSource): Generator<string> {
  const names = source.columns.map(({ name }) => JSON.stringify(name))
  for (const rows of source.chunks(1000)) {
    let text = ''
    for (const row of rows) {
      // Written by hand: an object would put keys that look like numbers first.
      text += `{${row.map((value, index) => `${names[index]}:${JSON.stringify(toCell(value))}`).join(',')}}\n`
    }
    yield text
  }
}
