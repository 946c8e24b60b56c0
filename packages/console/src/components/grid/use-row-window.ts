import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { geometryOf, type Position, positionAt, rowsInView, scrolled, topToShow } from './row-window.ts'

const OVERSCAN = 8
const SETTLE_MS = 160

interface Options {
  count: number
  rowHeight: number
  headerHeight: number
}

/** Follows the scroll position of an element and says which of `count` rows it shows. Rerenders only when that changes. */
export function useRowWindow(scroller: RefObject<HTMLDivElement | null>, options: Options) {
  const { count, rowHeight, headerHeight } = options
  const position = useRef<Position>({ scrollTop: 0, top: 0 })
  const [size, setSize] = useState({ view: 0, width: 0 })
  const [shown, setShown] = useState({ first: 0, last: -1, shift: 0, left: 0 })
  const geometry = geometryOf(count, rowHeight, size.view)

  const measure = useCallback(() => {
    const element = scroller.current
    if (!element) return
    const { first, last } = rowsInView(position.current, geometry, rowHeight, count, OVERSCAN)
    const shift = Math.round(position.current.scrollTop - position.current.top)
    // Columns are drawn in steps, so that a sideways scroll does not draw on each pixel.
    const left = Math.round(element.scrollLeft / 40) * 40
    setShown((before) =>
      before.first === first && before.last === last && before.shift === shift && before.left === left
        ? before
        : { first, last, shift, left },
    )
  }, [scroller, geometry.total, geometry.view, rowHeight, count])

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const watch = new ResizeObserver(() =>
      setSize({ view: Math.max(0, element.clientHeight - headerHeight), width: element.clientWidth }),
    )
    watch.observe(element)
    return () => watch.disconnect()
  }, [scroller, headerHeight])

  useLayoutEffect(measure, [measure])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let settle: ReturnType<typeof setTimeout> | undefined
    const put = () => {
      const right = positionAt(position.current.top, geometry)
      if (geometry.height === geometry.total || Math.abs(right.scrollTop - element.scrollTop) < 2) return
      flushSync(() => {
        element.scrollTop = right.scrollTop
        position.current = { top: right.top, scrollTop: element.scrollTop }
        measure()
      })
    }
    const onScroll = () => {
      position.current = scrolled(position.current, element.scrollTop, geometry)
      measure()
      clearTimeout(settle)
      settle = setTimeout(put, SETTLE_MS)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      clearTimeout(settle)
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller, measure, geometry.total, geometry.height, geometry.view])

  /** Brings a row into view by the shortest way. */
  const showRow = useCallback(
    (row: number) => {
      const element = scroller.current
      if (!element) return
      const top = topToShow(row, rowHeight, position.current, geometry)
      if (top === position.current.top) return
      const next = positionAt(top, geometry)
      flushSync(() => {
        element.scrollTop = next.scrollTop
        position.current = { top: next.top, scrollTop: element.scrollTop }
        measure()
      })
    },
    [scroller, measure, rowHeight, geometry.total, geometry.view],
  )

  return { ...shown, ...size, height: geometry.height, showRow }
}
