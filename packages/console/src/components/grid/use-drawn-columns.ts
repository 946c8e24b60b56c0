import { useMemo } from 'react'
import { type ColumnLayout, columnsInView, placeColumns } from './column-layout.ts'
import type { DrawnColumns } from './grid-row.tsx'
import type { GridColumn } from './grid-types.ts'

interface View {
  width: number
  left: number
  gutter: number
}

/** Places the columns in a view and says which of them to draw. All arrays stay the same until something changes. */
export function useDrawnColumns<Row>(columns: readonly GridColumn<Row>[], layout: ColumnLayout, view: View) {
  const { width, left, gutter } = view
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const ids = useMemo(() => columns.map(({ id }) => id), [columns])
  const placed = useMemo(
    () =>
      placeColumns(
        ids,
        layout,
        width - gutter,
        (id) => byId.get(id)!.width,
        (id) => byId.get(id)!.grow,
      ),
    [ids, layout, width, gutter, byId],
  )
  const { first, last } = columnsInView(
    placed.free,
    left,
    left + Math.max(0, width - gutter - placed.pinnedWidth),
  )
  const drawn = useMemo((): DrawnColumns<Row> => {
    const draw = (index: number) => (place: (typeof placed.free)[number], at: number) => ({
      place,
      column: byId.get(place.id)!,
      index: index + at,
    })
    const free = placed.free.slice(first, last + 1)
    return {
      pinned: placed.pinned.map(draw(0)),
      free: free.map(draw(placed.pinned.length + first)),
      before: free[0]?.left ?? 0,
    }
  }, [placed, byId, first, last])
  const shown = useMemo(
    () => [...placed.pinned, ...placed.free].map((place) => ({ place, column: byId.get(place.id)! })),
    [placed, byId],
  )
  return {
    ids,
    drawn,
    shown,
    total: gutter + placed.pinnedWidth + placed.freeWidth,
    pinnedWidth: placed.pinnedWidth,
  }
}
