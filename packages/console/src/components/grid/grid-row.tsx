// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the cell by aria-activedescendant
import { IconDots } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import type { PlacedColumn } from './column-layout.ts'
import classes from './grid.module.css'
import type { GridColumn } from './grid-types.ts'

export interface DrawnColumns<Row> {
  pinned: readonly { place: PlacedColumn; column: GridColumn<Row>; index: number }[]
  free: readonly { place: PlacedColumn; column: GridColumn<Row>; index: number }[]
  /** Pixels of the free columns that are left out on the left. */
  before: number
}

interface Props<Row> {
  /** Prefix of the ids of cells. */
  gridId: string
  index: number
  row: Row | undefined
  columns: DrawnColumns<Row>
  top: number
  height: number
  gutter: number
  /** Index of the column that the cursor is in, −1 when it is in another row. */
  cursor: number
  /** Index of the column whose cell in this row is picked, −1 for none. */
  picked: number
  opened: boolean
  menu: boolean
  /** What stands beside the number of the row. */
  mark?: ((row: Row) => ReactNode) | undefined
}

/** Id of a cell, for `aria-activedescendant`. */
export const cellId = (gridId: string, row: number, column: number) => `${gridId}-${row}-${column}`

function GridRowBody<Row>(props: Props<Row>) {
  const { gridId, index, row, columns, top, height, gutter, cursor, picked, opened, menu, mark } = props
  const cell = ({ place, column, index: at }: DrawnColumns<Row>['free'][number]): ReactNode => (
    <div
      key={place.id}
      id={cellId(gridId, index, at)}
      role="gridcell"
      aria-colindex={at + 2}
      aria-selected={cursor === at || picked === at}
      data-cursor={cursor === at || undefined}
      data-picked={picked === at || undefined}
      data-cell={at}
      data-align={column.align}
      data-pinned={place.pinned || undefined}
      className={classes.cell}
      style={{ width: place.width, ...(place.pinned && { left: gutter + place.left }) }}
    >
      {row === undefined ? <span className={classes.skeleton} /> : column.draw(row)}
      {menu && row !== undefined && (
        <button type="button" className={classes.more} tabIndex={-1} data-more aria-label="Menu of this cell">
          <IconDots size={14} aria-hidden />
        </button>
      )}
    </div>
  )
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy={row === undefined}
      data-row={index}
      data-opened={opened || undefined}
      className={classes.row}
      style={{ top, height }}
    >
      <div role="rowheader" aria-colindex={1} className={classes.gutter} style={{ width: gutter }} data-open>
        {row !== undefined && mark?.(row)}
        {index + 1}
      </div>
      {columns.pinned.map(cell)}
      <span style={{ flex: 'none', width: columns.before }} />
      {columns.free.map(cell)}
    </div>
  )
}

/** One row of a grid. Memoized: scrolling draws only the rows that come into view. */
export const GridRow = memo(GridRowBody) as typeof GridRowBody
