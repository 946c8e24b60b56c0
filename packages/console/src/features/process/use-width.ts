import { type RefObject, useLayoutEffect, useState } from 'react'

/** The width of an element in pixels, kept up to date. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(600)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(60, entry!.contentRect.width)))
    observer.observe(element)
    setWidth(Math.max(60, element.clientWidth))
    return () => observer.disconnect()
  }, [ref])
  return width
}
