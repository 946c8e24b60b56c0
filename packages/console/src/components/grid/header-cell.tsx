// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the cell by aria-activedescendant
import { IconArrowDown, IconArrowUp, IconChevronDown, IconFilterFilled } from '@tabler/icons-react'
import { type PointerEvent, useRef } from 'react'
import type { PlacedColumn } from './column-layout.ts'
import classes from './grid.module.css'
import type { GridColumn } from './grid-types.ts'
import type { SortKey } from './sort.ts'

interface Props<Row> {
  id: string
  place: PlacedColumn
  column: GridColumn<Row>
  index: number
  gutter: number
  sort: readonly SortKey[]
  active: boolean
  /** A column that is being dragged would land in front of this one. */
  target: boolean
  onSort: (join: boolean) => void
  onMenu?: (rect: DOMRect) => void
  onResize: (width: number | undefined) => void
  onDragFrom: () => void
  onDragOver: () => void
  onDrop: () => void
}

/** The head of a column: click sorts, the chevron opens its menu, the edge resizes, dragging moves. */
export function HeaderCell<Row>(props: Props<Row>) {
  const { id, place, column, index, gutter, sort, active, target } = props
  const at = sort.findIndex((key) => key.id === place.id)
  const key = sort[at]
  const box = useRef<HTMLDivElement>(null)
  return (
    <div
      ref={box}
      id={id}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={key ? (key.desc ? 'descending' : 'ascending') : 'none'}
      className={classes.head}
      data-align={column.align}
      data-pinned={place.pinned || undefined}
      data-active={active || undefined}
      data-target={target || undefined}
      data-head={index}
      style={{ width: place.width, ...(place.pinned && { left: gutter + place.left }) }}
      onDragOver={(event) => {
        event.preventDefault()
        props.onDragOver()
      }}
      onDrop={props.onDrop}
    >
      <button
        type="button"
        tabIndex={-1}
        className={classes.sort}
        data-tip={column.tip}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', column.label)
          props.onDragFrom()
        }}
        onClick={(event) => column.sortable && props.onSort(event.shiftKey)}
      >
        <span className={classes.label}>{column.label}</span>
        {column.filtered && <IconFilterFilled size={11} aria-label="filtered" />}
        {key && (key.desc ? <IconArrowDown size={13} aria-hidden /> : <IconArrowUp size={13} aria-hidden />)}
        {key && sort.length > 1 && <sup>{at + 1}</sup>}
      </button>
      {props.onMenu && (
        <button
          type="button"
          tabIndex={-1}
          className={classes.chevron}
          aria-label={`Menu of the column ${column.label}`}
          onClick={() => props.onMenu?.(box.current!.getBoundingClientRect())}
        >
          <IconChevronDown size={14} aria-hidden />
        </button>
      )}
      <Resizer width={place.width} onResize={props.onResize} />
    </div>
  )
}

function Resizer({ width, onResize }: { width: number; onResize: (width: number | undefined) => void }) {
  const from = useRef<{ x: number; width: number }>(null)
  const move = (event: PointerEvent) => {
    if (from.current) onResize(from.current.width + event.clientX - from.current.x)
  }
  return (
    <div
      aria-hidden
      className={classes.resizer}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width }
      }}
      onPointerMove={move}
      onPointerUp={() => {
        from.current = null
      }}
      onDoubleClick={() => onResize(undefined)}
    />
  )
}
