import {
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { ColumnLayout } from './column-layout.ts'
import { type CellAt, HEADER_ROW } from './cursor.ts'
import classes from './grid.module.css'
import { GridHeader } from './grid-header.tsx'
import { cellId, GridRow } from './grid-row.tsx'
import { GridTip } from './grid-tip.tsx'
import { type CellPlace, DENSITIES, type Density, type GridColumn, type RowSource } from './grid-types.ts'
import { type Picked, rangePicked, rowsOf, togglePicked } from './picked.ts'
import type { SortKey } from './sort.ts'
import { useDrawnColumns } from './use-drawn-columns.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { useRowWindow } from './use-row-window.ts'

const HEADER_HEIGHT = 32
const WAIT_MS = 40

interface Props<Row> {
  label: string
  columns: readonly GridColumn<Row>[]
  rows: RowSource<Row>
  layout: ColumnLayout
  onLayout: (layout: ColumnLayout) => void
  sort: readonly SortKey[]
  onSort: (sort: SortKey[]) => void
  density: Density
  /** Index of the row that is open at the side. */
  opened?: number
  onOpen?: (row: number) => void
  onCellMenu?: (place: CellPlace, column: string) => void
  onColumnMenu?: (id: string, rect: DOMRect) => void
  /** What stands beside the number of a row; the function stays the same until a mark changes. */
  mark?: (row: Row) => ReactNode
  /** Stands over the body when there is no row. */
  children?: ReactNode
}

/** A table of any length: draws the rows and columns in view, by mouse and by keyboard. Rows come from a `RowSource`. */
export function Grid<Row>(props: Props<Row>) {
  const { label, columns, rows, layout, onLayout, sort, onSort, density, opened, onOpen, onCellMenu } = props
  const gridId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState<CellAt>({ row: 0, column: 0 })
  const [picked, setPicked] = useState<Picked>()
  // Rows stand elsewhere in another order: what was picked is not there any more.
  useEffect(() => setPicked(undefined), [rows])
  useSyncExternalStore(rows.subscribe, rows.version)
  const count = rows.count
  const rowHeight = DENSITIES[density]
  const gutter = 34 + 7 * String(count).length
  const view = useRowWindow(scroller, { count, rowHeight, headerHeight: HEADER_HEIGHT })
  const { ids, drawn, shown, total, pinnedWidth } = useDrawnColumns(columns, layout, { ...view, gutter })
  useWanted(rows, view.first, view.last)

  const keys = useGridKeys({
    ...props,
    gridId,
    scroller,
    picked,
    setPicked,
    cursor: { row: Math.min(cursor.row, count - 1), column: Math.min(cursor.column, shown.length - 1) },
    setCursor,
    extent: { rows: count, columns: shown.length, page: Math.floor(view.view / rowHeight) },
    shown,
    ids,
    sticky: gutter + pinnedWidth,
    showRow: view.showRow,
  })

  const onPointer = (event: MouseEvent) => {
    const at = placeOf(event.target as Element)
    if (!at) return
    if (at.open) return onOpen?.(at.row)
    const cell = { row: at.row, column: shown[at.column]!.column.id }
    const before = { row: keys.at.row, column: shown[keys.at.column]?.column.id }
    setCursor({ row: at.row, column: at.column })
    if (event.type === 'contextmenu' || at.more) {
      event.preventDefault()
      const about = rowsOf(picked, cell)
      if (about.length === 1) setPicked(undefined)
      onCellMenu?.({ row: at.row, column: at.column, rect: at.rect, rows: about }, cell.column)
    } else if (event.type === 'dblclick') onOpen?.(at.row)
    else if (onCellMenu && (event.ctrlKey || event.metaKey)) setPicked(togglePicked(picked, before, cell))
    else if (onCellMenu && event.shiftKey) setPicked(rangePicked(picked, before, cell))
    else setPicked(undefined)
  }

  const visible = Array.from({ length: view.last - view.first + 1 }, (_, at) => view.first + at)
  return (
    <div ref={frame} className={classes.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot be windowed */}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={shown.length + 1}
        aria-multiselectable={onCellMenu !== undefined}
        aria-activedescendant={cellId(gridId, keys.at.row, keys.at.column)}
        className={classes.scroller}
        onKeyDown={keys.onKeyDown}
        onCopy={keys.onCopy}
        onClick={onPointer}
        // Shift and a click would select the text in between.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onContextMenu={onPointer}
        onDoubleClick={onPointer}
      >
        <div className={classes.sheet} style={{ width: total, height: HEADER_HEIGHT + view.height }}>
          <GridHeader
            gridId={gridId}
            columns={drawn}
            ids={ids}
            gutter={gutter}
            sort={sort}
            layout={layout}
            cursor={keys.at.row === HEADER_ROW ? keys.at.column : -1}
            onSort={onSort}
            onLayout={onLayout}
            {...(props.onColumnMenu && { onMenu: props.onColumnMenu })}
          />
          {visible.map((index) => (
            <GridRow
              key={index}
              gridId={gridId}
              index={index}
              row={rows.rowAt(index)}
              columns={drawn}
              top={HEADER_HEIGHT + index * rowHeight + view.shift}
              height={rowHeight}
              gutter={gutter}
              cursor={keys.at.row === index ? keys.at.column : -1}
              picked={
                picked?.rows.has(index) ? shown.findIndex(({ column }) => column.id === picked.column) : -1
              }
              opened={opened === index}
              menu={onCellMenu !== undefined}
              mark={props.mark}
            />
          ))}
        </div>
      </div>
      {count === 0 && props.children && <div className={classes.over}>{props.children}</div>}
      <GridTip box={frame} />
    </div>
  )
}

/** Tells the source which rows are in view: at once when they are there, after a short rest when they must be read. */
function useWanted<Row>(rows: RowSource<Row>, first: number, last: number) {
  useEffect(() => {
    const held = last >= first && rows.rowAt(first) !== undefined && rows.rowAt(last) !== undefined
    if (held || last < 0) {
      rows.want(first, Math.max(first, last))
      return
    }
    const timer = setTimeout(() => rows.want(first, last), WAIT_MS)
    return () => clearTimeout(timer)
  }, [rows, first, last])
}

/** Finds the cell that an element of the grid belongs to. */
function placeOf(target: Element) {
  const row = target.closest<HTMLElement>('[data-row]')
  if (!row) return undefined
  const cell = target.closest<HTMLElement>('[data-cell]')
  return {
    row: Number(row.dataset.row),
    column: Number(cell?.dataset.cell ?? 0),
    rect: (cell ?? row).getBoundingClientRect(),
    more: target.closest('[data-more]') !== null,
    open: target.closest('[data-open]') !== null,
  }
}
