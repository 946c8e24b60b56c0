import { type PointerEvent, type RefObject, useRef } from 'react'
import { pan, type TimeWindow } from './time-window.ts'

interface Dragged {
  element: RefObject<HTMLElement | null>
  /** Width of what is dragged, in pixels. */
  width: number
  window: TimeWindow
  whole: TimeWindow
  onWindow: (window: TimeWindow) => void
}

/** Handlers that move a window of time with the pointer. */
export function useDrag({ width, window, whole, onWindow }: Dragged) {
  const start = useRef<{ x: number; window: TimeWindow } | undefined>(undefined)
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return
      start.current = { x: event.clientX, window }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const from = start.current
      if (!from) return
      const length = from.window.to - from.window.from
      onWindow(pan(from.window, ((from.x - event.clientX) / width) * length, whole))
    },
    onPointerUp() {
      start.current = undefined
    },
  }
}
