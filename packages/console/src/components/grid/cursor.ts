/** Index that stands for the header: the cursor goes there with the arrow up from the first row. */
export const HEADER_ROW = -1

/** A cell: index of its row (`HEADER_ROW` for the header), index of its column among those shown. */
export interface CellAt {
  row: number
  column: number
}

interface Extent {
  rows: number
  columns: number
  /** Rows that fit the view. */
  page: number
}

interface Key {
  key: string
  ctrlKey: boolean
  metaKey: boolean
}

/**
 * Moves the cell cursor of a table by a key, as spreadsheets do: arrows, Home and End in the row, with Ctrl in the table,
 * PageUp and PageDown.
 * @returns undefined when the key does not move it, or there is no column.
 */
export function moveCursor(at: CellAt, { key, ctrlKey, metaKey }: Key, extent: Extent): CellAt | undefined {
  if (extent.columns === 0) return undefined
  const far = ctrlKey || metaKey
  const [lastRow, lastColumn] = [extent.rows - 1, extent.columns - 1]
  const firstRow = Math.min(0, lastRow)
  const page = Math.max(1, extent.page - 1)
  const moves: Record<string, () => CellAt> = {
    ArrowUp: () => ({ ...at, row: far ? firstRow : at.row - 1 }),
    ArrowDown: () => ({ ...at, row: far ? lastRow : at.row + 1 }),
    ArrowLeft: () => ({ ...at, column: far ? 0 : at.column - 1 }),
    ArrowRight: () => ({ ...at, column: far ? lastColumn : at.column + 1 }),
    Home: () => ({ row: far ? firstRow : at.row, column: 0 }),
    End: () => ({ row: far ? lastRow : at.row, column: lastColumn }),
    PageUp: () => ({ ...at, row: Math.max(firstRow, at.row - page) }),
    PageDown: () => ({ ...at, row: at.row + page }),
  }
  const next = moves[key]?.()
  if (!next) return undefined
  return {
    row: Math.min(Math.max(HEADER_ROW, next.row), lastRow),
    column: Math.min(Math.max(0, next.column), lastColumn),
  }
}
