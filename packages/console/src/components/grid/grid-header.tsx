// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the cell by aria-activedescendant
import { useState } from 'react'
import { type ColumnLayout, moveColumn, resizeColumn } from './column-layout.ts'
import { HEADER_ROW } from './cursor.ts'
import classes from './grid.module.css'
import { cellId, type DrawnColumns } from './grid-row.tsx'
import { HeaderCell } from './header-cell.tsx'
import { type SortKey, toggleSort } from './sort.ts'

interface Props<Row> {
  gridId: string
  columns: DrawnColumns<Row>
  ids: readonly string[]
  gutter: number
  sort: readonly SortKey[]
  layout: ColumnLayout
  /** Index of the column whose head has the cursor, −1 for none. */
  cursor: number
  onSort: (sort: SortKey[]) => void
  onLayout: (layout: ColumnLayout) => void
  onMenu?: (id: string, rect: DOMRect) => void
}

/** The heads of the columns. They stay in view, and can be dragged to another place. */
export function GridHeader<Row>(props: Props<Row>) {
  const { gridId, columns, ids, gutter, sort, layout, cursor, onSort, onLayout, onMenu } = props
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<string>()
  const drop = (before: string | undefined) => {
    if (dragged !== undefined) onLayout(moveColumn(ids, layout, dragged, before))
    setDragged(undefined)
    setOver(undefined)
  }
  const head = ({ place, column, index }: DrawnColumns<Row>['free'][number]) => (
    <HeaderCell
      key={place.id}
      id={cellId(gridId, HEADER_ROW, index)}
      place={place}
      column={column}
      index={index}
      gutter={gutter}
      sort={sort}
      active={cursor === index}
      target={dragged !== undefined && dragged !== place.id && over === place.id}
      onSort={(join) => onSort(toggleSort(sort, place.id, join))}
      {...(onMenu && { onMenu: (rect: DOMRect) => onMenu(place.id, rect) })}
      onResize={(width) => onLayout(resizeColumn(layout, place.id, width))}
      onDragFrom={() => setDragged(place.id)}
      onDragOver={() => setOver(place.id)}
      onDrop={() => drop(place.id)}
    />
  )
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={1}
      className={classes.header}
      onDragEnd={() => {
        setDragged(undefined)
        setOver(undefined)
      }}
    >
      <div role="columnheader" aria-colindex={1} className={classes.corner} style={{ width: gutter }}>
        <span className={classes.unseen}>Row</span>
      </div>
      {columns.pinned.map(head)}
      <span style={{ flex: 'none', width: columns.before }} />
      {columns.free.map(head)}
      {/* Behind the last column: a place to drop a column at the end. */}
      <div
        aria-hidden
        className={classes.rest}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(undefined)
        }}
        onDrop={() => drop(undefined)}
      />
    </div>
  )
}
