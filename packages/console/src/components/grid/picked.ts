/** Cells of one column that were picked together: what is asked of them is asked of all. */
export interface Picked {
  /** Id of the column. */
  column: string
  /** Row from which a range reaches. */
  anchor: number
  rows: ReadonlySet<number>
}

/** Rows that can be picked together. */
const most = 1000

/** Picks one more cell, or lets it go; a cell of another column begins anew, from the cell that had the cursor. */
export function togglePicked(
  picked: Picked | undefined,
  cursor: { row: number; column: string | undefined },
  cell: { row: number; column: string },
): Picked | undefined {
  const before =
    picked?.column === cell.column
      ? picked
      : cursor.column === cell.column && cursor.row !== cell.row
        ? { column: cell.column, rows: new Set([cursor.row]) }
        : { column: cell.column, rows: new Set<number>() }
  const rows = new Set(before.rows)
  if (!rows.delete(cell.row) && rows.size < most) rows.add(cell.row)
  return rows.size === 0 ? undefined : { column: cell.column, anchor: cell.row, rows }
}

/** Picks the cells of a column from the anchor (where the cursor was, when nothing was picked) to a row. */
export function rangePicked(
  picked: Picked | undefined,
  cursor: { row: number; column: string | undefined },
  cell: { row: number; column: string },
): Picked {
  const anchor =
    picked?.column === cell.column ? picked.anchor : cursor.column === cell.column ? cursor.row : cell.row
  const from = Math.max(0, Math.min(anchor, cell.row))
  const length = Math.min(most, Math.max(anchor, cell.row) - from + 1)
  return { column: cell.column, anchor, rows: new Set(Array.from({ length }, (_, index) => from + index)) }
}

/** The rows that a menu on a cell is about: all that are picked when it is one of them, else its own. */
export function rowsOf(picked: Picked | undefined, cell: { row: number; column: string }): number[] {
  const all = picked?.column === cell.column && picked.rows.has(cell.row) ? picked.rows : [cell.row]
  return [...all].sort((a, b) => a - b)
}
