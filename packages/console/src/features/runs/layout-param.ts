import { type ColumnLayout, EMPTY_LAYOUT, orderColumns } from '../../components/grid/column-layout.ts'
import type { RunSearch } from './run-search.ts'

/** Writes order, pins and hidden columns for the address; undefined when all is as it came. Widths stay on this computer. */
export function layoutParam(ids: readonly string[], layout: ColumnLayout): RunSearch['columns'] {
  const ordered = orderColumns(ids, layout)
  const isDefault =
    layout.hidden.length === 0 &&
    layout.pinned.length === 0 &&
    ordered.every((id, index) => id === ids[index])
  if (isDefault) return undefined
  return ordered.map((id) => {
    const mark = layout.hidden.includes(id) ? '-' : layout.pinned.includes(id) ? '^' : '='
    return mark + id
  })
}

/** Reads the layout out of the address; the widths come from elsewhere. */
export function layoutOf(columns: RunSearch['columns'], widths: ColumnLayout['widths']): ColumnLayout {
  if (!columns) return { ...EMPTY_LAYOUT, widths }
  const marked = (mark: string) => columns.filter((entry) => entry[0] === mark).map((entry) => entry.slice(1))
  return {
    order: columns.map((entry) => entry.slice(1)),
    hidden: marked('-'),
    pinned: marked('^'),
    widths,
  }
}
