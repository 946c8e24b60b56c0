import { type Cell, csvLine } from '@quarry/schema'
import type { Format } from './formats.ts'

/** Rows wait for this many before the widths of a table are settled. */
const settledAfter = 500
const widest = 60

/** Writes rows as they come. Call `columns` once, `row` for each row, and `end` at last. */
export interface RowWriter {
  columns(names: string[]): void
  row(cells: Cell[]): void
  end(): void
}

/** Makes the writer of a format: `table` for people, `json` one array, `jsonl` an object a line, `csv` safe against formulas. */
export function rowWriter(format: Format, out: (text: string) => void): RowWriter {
  return { table, json, jsonl, csv }[format](out)
}

function csv(out: (text: string) => void): RowWriter {
  return { columns: (names) => out(csvLine(names)), row: (cells) => out(csvLine(cells)), end() {} }
}

function jsonl(out: (text: string) => void): RowWriter {
  let names: string[] = []
  return {
    columns(given) {
      names = unique(given)
    },
    row: (cells) => out(`${object(names, cells)}\n`),
    end() {},
  }
}

function json(out: (text: string) => void): RowWriter {
  let names: string[] = []
  let before = '['
  return {
    columns(given) {
      names = unique(given)
    },
    row(cells) {
      out(`${before}\n  ${object(names, cells)}`)
      before = ','
    },
    end: () => out(before === '[' ? '[]\n' : '\n]\n'),
  }
}

function table(out: (text: string) => void): RowWriter {
  let names: string[] = []
  let waiting: Cell[][] = []
  let widths: number[] | undefined
  const line = (cells: Cell[]) => {
    const text = cells
      .map((cell, i) => pad(shown(cell), widths?.[i] ?? 0, typeof cell === 'number'))
      .join('  ')
    out(`${text.trimEnd()}\n`)
  }
  const settle = () => {
    if (widths || names.length === 0) return
    const rows = waiting
    widths = names.map((name, i) =>
      Math.min(
        widest,
        rows.reduce((w, row) => Math.max(w, shown(row[i] ?? null).length), name.length),
      ),
    )
    line(names)
    line(widths.map((width) => '─'.repeat(width)))
    for (const row of rows) line(row)
    waiting = []
  }
  return {
    columns(given) {
      names = given
    },
    row(cells) {
      if (widths) return line(cells)
      waiting.push(cells)
      if (waiting.length >= settledAfter) settle()
    },
    end: settle,
  }
}

/** Control characters of a hostile device must not reach the terminal. */
function shown(cell: Cell): string {
  if (cell === null) return '−'
  return String(cell).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�')
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width)
}

function object(names: string[], cells: Cell[]): string {
  return JSON.stringify(Object.fromEntries(names.map((name, i) => [name, cells[i] ?? null])))
}

/** A repeated name gets `_2`, `_3`, …, as the server does. */
function unique(names: string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}_${count}`
  })
}
