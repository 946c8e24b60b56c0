import { type ClipboardEvent, type KeyboardEvent, type RefObject, useEffect } from 'react'
import { type ColumnLayout, nudgeColumn, type PlacedColumn, resizeColumn } from './column-layout.ts'
import { type CellAt, HEADER_ROW, moveCursor } from './cursor.ts'
import { cellId } from './grid-row.tsx'
import type { CellPlace, GridColumn, RowSource } from './grid-types.ts'
import { type Picked, rangePicked, rowsOf } from './picked.ts'
import { type SortKey, toggleSort } from './sort.ts'

interface Options<Row> {
  gridId: string
  scroller: RefObject<HTMLDivElement | null>
  cursor: CellAt
  setCursor: (at: CellAt) => void
  picked: Picked | undefined
  setPicked: (picked: Picked | undefined) => void
  extent: { rows: number; columns: number; page: number }
  shown: readonly { place: PlacedColumn; column: GridColumn<Row> }[]
  ids: readonly string[]
  rows: RowSource<Row>
  /** Pixels on the left that stay in place: the row numbers and the pinned columns. */
  sticky: number
  showRow: (row: number) => void
  layout: ColumnLayout
  onLayout: (layout: ColumnLayout) => void
  sort: readonly SortKey[]
  onSort: (sort: SortKey[]) => void
  onOpen?: (row: number) => void
  onCellMenu?: (place: CellPlace, column: string) => void
  onColumnMenu?: (id: string, rect: DOMRect) => void
}

const RESIZE_STEP = 16

/** The keys of a grid: they move the cursor; Enter opens the menu of a cell or a head, Space the row, or sorts. */
export function useGridKeys<Row>(options: Options<Row>) {
  const { gridId, scroller, cursor: at, setCursor, extent, shown, ids, rows, layout, onLayout } = options
  const { picked, setPicked } = options
  const current = shown[at.column]

  const go = (next: CellAt) => {
    setCursor(next)
    if (next.row >= 0) options.showRow(next.row)
    const element = scroller.current
    const place = shown[next.column]?.place
    if (!element || !place || place.pinned) return
    const room = element.clientWidth - options.sticky
    if (place.left < element.scrollLeft) element.scrollLeft = place.left
    else if (place.left + place.width > element.scrollLeft + room)
      element.scrollLeft = Math.min(place.left, place.left + place.width - room)
  }

  const rectOf = () => document.getElementById(cellId(gridId, at.row, at.column))?.getBoundingClientRect()

  const onHeadKey = ({ key, altKey, shiftKey }: KeyboardEvent): boolean => {
    if (!current) return false
    const { id } = current.column
    const by = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : undefined
    if (altKey && by && shiftKey) onLayout(resizeColumn(layout, id, current.place.width + by * RESIZE_STEP))
    else if (altKey && by) {
      const next = nudgeColumn(ids, layout, id, by)
      if (next !== layout) setCursor({ ...at, column: at.column + by })
      onLayout(next)
    } else if (key === ' ') {
      if (current.column.sortable) options.onSort(toggleSort(options.sort, id, shiftKey))
    } else if (key === 'Enter') {
      const rect = rectOf()
      if (rect) options.onColumnMenu?.(id, rect)
    } else return false
    return true
  }

  const onCellKey = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (at.row < 0 || at.row >= extent.rows) return false
    const rect = rectOf()
    if (key === 'Enter' || key === 'ContextMenu' || (key === 'F10' && shiftKey)) {
      if (!rect || !current) return true
      const cell = { row: at.row, column: current.column.id }
      options.onCellMenu?.({ ...at, rect, rows: rowsOf(picked, cell) }, cell.column)
    } else if (key === ' ') options.onOpen?.(at.row)
    else if (key === 'Escape' && picked) setPicked(undefined)
    else return false
    return true
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // A menu that was opened from here is drawn elsewhere, but its events bubble through React to here.
    if (event.target !== scroller.current) return
    const handled = at.row === HEADER_ROW ? onHeadKey(event) : onCellKey(event)
    if (!handled) {
      const next = event.altKey ? undefined : moveCursor(at, event, extent)
      if (!next) return
      const straight = event.shiftKey && options.onCellMenu && next.column === at.column && next.row >= 0
      if (straight && current && at.row >= 0) {
        const column = current.column.id
        setPicked(rangePicked(picked, { row: at.row, column }, { row: next.row, column }))
      } else setPicked(undefined)
      go(next)
    }
    event.preventDefault()
  }

  const onCopy = (event: ClipboardEvent) => {
    if (!current || !window.getSelection()?.isCollapsed) return
    const about = rowsOf(picked, { row: at.row, column: current.column.id }).map((row) => rows.rowAt(row))
    const texts = about.filter((row) => row !== undefined).map((row) => current.column.text(row))
    if (texts.length === 0) return
    event.clipboardData.setData('text/plain', texts.join('\n'))
    event.preventDefault()
  }

  // The last rows may go while the cursor is on them.
  useEffect(() => {
    if (at.row >= extent.rows && extent.rows > 0) setCursor({ ...at, row: extent.rows - 1 })
  }, [at, extent.rows, setCursor])

  return { at, onKeyDown, onCopy }
}
