/** What a person has made of the columns of a table. Only what differs from the default is kept. */
export interface ColumnLayout {
  /** Names in their order; a column that is not among them follows in the order of the results. */
  order: readonly string[]
  hidden: readonly string[]
  pinned: readonly string[]
  /** Widths in pixels. */
  widths: Readonly<Record<string, number>>
}

export const EMPTY_LAYOUT: ColumnLayout = { order: [], hidden: [], pinned: [], widths: {} }
export const MIN_WIDTH = 56
export const MAX_WIDTH = 1600

/** A column at its place. */
export interface PlacedColumn {
  id: string
  /** Distance from the left end of its part: of the pinned columns or of the others. */
  left: number
  width: number
  pinned: boolean
}

export interface Placed {
  pinned: PlacedColumn[]
  free: PlacedColumn[]
  pinnedWidth: number
  freeWidth: number
}

/** Returns all columns, hidden ones too, in the order of the layout: pinned ones first. */
export function orderColumns(ids: readonly string[], layout: ColumnLayout): string[] {
  const known = new Set(ids)
  const ordered = [...new Set([...layout.order.filter((id) => known.has(id)), ...ids])]
  const isPinned = (id: string) => layout.pinned.includes(id)
  return [...ordered.filter(isPinned), ...ordered.filter((id) => !isPinned(id))]
}

/**
 * Places the columns that are shown. Room that is left goes to the columns that can use it, in proportion to `growOf`.
 * @param width pixels that there are for all columns together.
 * @param widthOf the width of a column that nobody has resized.
 */
export function placeColumns(
  ids: readonly string[],
  layout: ColumnLayout,
  width: number,
  widthOf: (id: string) => number,
  growOf: (id: string) => number,
): Placed {
  const shown = orderColumns(ids, layout).filter((id) => !layout.hidden.includes(id))
  const base = shown.map((id) => layout.widths[id] ?? widthOf(id))
  const grow = shown.map((id) => (layout.widths[id] === undefined ? growOf(id) : 0))
  const room = Math.max(0, Math.floor(width) - sum(base))
  const parts = sum(grow)
  const placed: Placed = { pinned: [], free: [], pinnedWidth: 0, freeWidth: 0 }
  for (const [index, id] of shown.entries()) {
    const size = base[index]! + (parts > 0 ? Math.floor((room * grow[index]!) / parts) : 0)
    const pinned = layout.pinned.includes(id)
    const left = pinned ? placed.pinnedWidth : placed.freeWidth
    ;(pinned ? placed.pinned : placed.free).push({ id, left, width: size, pinned })
    if (pinned) placed.pinnedWidth += size
    else placed.freeWidth += size
  }
  return placed
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** First and last index (inclusive) of the free columns between two pixels, one more on each side. */
export function columnsInView(
  free: readonly PlacedColumn[],
  from: number,
  to: number,
): { first: number; last: number } {
  let first = free.findIndex((column) => column.left + column.width > from)
  if (first < 0) first = Math.max(0, free.length - 1)
  let last = first
  while (last + 1 < free.length && free[last + 1]!.left < to) last++
  return { first: Math.max(0, first - 1), last: Math.min(free.length - 1, last + 1) }
}

/** Moves a column before another one, or to the end; it joins the pinned ones when that one is pinned. */
export function moveColumn(
  ids: readonly string[],
  layout: ColumnLayout,
  id: string,
  before: string | undefined,
): ColumnLayout {
  if (id === before) return layout
  const rest = orderColumns(ids, layout).filter((other) => other !== id)
  const at = before === undefined ? rest.length : rest.indexOf(before)
  const order = [...rest.slice(0, at), id, ...rest.slice(at)]
  const pin = before !== undefined && layout.pinned.includes(before)
  const pinned = layout.pinned.filter((other) => other !== id)
  return { ...layout, order, pinned: pin ? [...pinned, id] : pinned }
}

/** Moves a column by one place among those shown: −1 to the left, 1 to the right. */
export function nudgeColumn(
  ids: readonly string[],
  layout: ColumnLayout,
  id: string,
  by: -1 | 1,
): ColumnLayout {
  const shown = orderColumns(ids, layout).filter((other) => !layout.hidden.includes(other))
  const at = shown.indexOf(id)
  const neighbour = shown[at + by]
  // The pinned columns are a group of their own; a key press does not leave it.
  if (at < 0 || neighbour === undefined || layout.pinned.includes(id) !== layout.pinned.includes(neighbour))
    return layout
  const order = orderColumns(ids, layout)
  const [a, b] = [order.indexOf(id), order.indexOf(neighbour)]
  const next = order.with(a, neighbour).with(b, id)
  return { ...layout, order: next }
}

/** Pins a column to the left, or frees it. */
export function pinColumn(layout: ColumnLayout, id: string, pin: boolean): ColumnLayout {
  const others = layout.pinned.filter((other) => other !== id)
  return { ...layout, pinned: pin ? [...others, id] : others }
}

/** Hides a column, or shows it. */
export function hideColumn(layout: ColumnLayout, id: string, hide: boolean): ColumnLayout {
  const others = layout.hidden.filter((other) => other !== id)
  return { ...layout, hidden: hide ? [...others, id] : others }
}

/** Sets the width of a column in pixels; undefined gives it back to the table. */
export function resizeColumn(layout: ColumnLayout, id: string, width: number | undefined): ColumnLayout {
  const { [id]: _, ...rest } = layout.widths
  const widths: Record<string, number> = rest
  if (width !== undefined) widths[id] = Math.round(Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH))
  return { ...layout, widths }
}
