/**
 * Which rows a scroll position shows. All rows are of one height, so this is arithmetic and costs the same for 10 rows and
 * for 10 million.
 *
 * A browser caps the height of an element (Chromium about 33.5 M px, Firefox 17.8 M). Beyond `MAX_HEIGHT` the scroll bar
 * is scaled: small moves go pixel by pixel, large ones (a drag of the bar) in proportion, and at rest the bar is put back
 * to where the position belongs.
 */
export const MAX_HEIGHT = 15_000_000

export interface Geometry {
  /** Height of all rows in pixels. */
  total: number
  /** Height of the element that scrolls: `total` or `MAX_HEIGHT`. */
  height: number
  /** Height of what is in view, in pixels. */
  view: number
}

export interface Position {
  /** Where the browser stands. */
  scrollTop: number
  /** Pixel of the rows at the top of the view. */
  top: number
}

/** Works out the heights for `count` rows of `rowHeight` pixels in a view of `view` pixels. */
export function geometryOf(count: number, rowHeight: number, view: number): Geometry {
  const total = count * rowHeight
  return { total, height: Math.min(total, MAX_HEIGHT), view }
}

const scaled = ({ total, height }: Geometry) => height < total
const maxTop = ({ total, view }: Geometry) => Math.max(0, total - view)
const maxScroll = ({ height, view }: Geometry) => Math.max(0, height - view)
const clamp = (value: number, max: number) => Math.min(Math.max(0, value), max)

/** Returns the position for a pixel of the rows, with the scroll bar where it belongs. */
export function positionAt(top: number, geometry: Geometry): Position {
  const held = clamp(top, maxTop(geometry))
  if (!scaled(geometry)) return { top: held, scrollTop: held }
  return { top: held, scrollTop: (held / maxTop(geometry)) * maxScroll(geometry) }
}

/** Returns the position after the browser has scrolled to `scrollTop`. */
export function scrolled(from: Position, scrollTop: number, geometry: Geometry): Position {
  if (!scaled(geometry)) return { top: scrollTop, scrollTop }
  if (scrollTop <= 0) return { top: 0, scrollTop }
  if (scrollTop >= maxScroll(geometry) - 1) return { top: maxTop(geometry), scrollTop }
  const move = scrollTop - from.scrollTop
  if (Math.abs(move) <= geometry.view) return { top: clamp(from.top + move, maxTop(geometry)), scrollTop }
  return { top: (scrollTop / maxScroll(geometry)) * maxTop(geometry), scrollTop }
}

/** First and last index (inclusive) of the rows to draw, `overscan` more on each side; `last` is −1 when there is none. */
export function rowsInView(
  { top }: Position,
  { view }: Geometry,
  rowHeight: number,
  count: number,
  overscan: number,
): { first: number; last: number } {
  const first = Math.floor(top / rowHeight) - overscan
  const last = Math.ceil((top + view) / rowHeight) - 1 + overscan
  return { first: clamp(first, Math.max(0, count - 1)), last: Math.min(last, count - 1) }
}

/** Returns the `top` that brings a row into view by the shortest way; unchanged when it is in view. */
export function topToShow(row: number, rowHeight: number, { top }: Position, { view }: Geometry): number {
  const start = row * rowHeight
  if (start < top) return start
  return start + rowHeight > top + view ? start + rowHeight - view : top
}
