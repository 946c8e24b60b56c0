import { type RefObject, useEffect, useState } from 'react'
import classes from './grid.module.css'

const DELAY_MS = 350

interface Tip {
  text: string
  left: number
  top: number
}

/**
 * The hover text of everything inside `box` that has `data-tip`, and of what has `data-cut` and is cut off. One for all: a tooltip component in each of the hundreds
 * of cells would cost more than the cells.
 */
export function GridTip({ box }: { box: RefObject<HTMLElement | null> }) {
  const [tip, setTip] = useState<Tip>()
  useEffect(() => {
    const element = box.current
    if (!element) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const hide = () => {
      clearTimeout(timer)
      setTip(undefined)
    }
    const onOver = (event: PointerEvent) => {
      const target = (event.target as Element).closest<HTMLElement>('[data-tip], [data-cut]')
      hide()
      const text = target && textOf(target)
      if (!text) return
      timer = setTimeout(() => {
        const { left, bottom, top } = target.getBoundingClientRect()
        const below = bottom + 90 < innerHeight
        setTip({ text, left: Math.min(left, innerWidth - 460), top: below ? bottom + 4 : top - 40 })
      }, DELAY_MS)
    }
    element.addEventListener('pointerover', onOver)
    element.addEventListener('pointerleave', hide)
    element.addEventListener('pointerdown', hide)
    element.addEventListener('scroll', hide, true)
    return () => {
      hide()
      element.removeEventListener('pointerover', onOver)
      element.removeEventListener('pointerleave', hide)
      element.removeEventListener('pointerdown', hide)
      element.removeEventListener('scroll', hide, true)
    }
  }, [box])
  if (!tip) return null
  return (
    <div className={classes.tip} role="tooltip" style={{ left: Math.max(4, tip.left), top: tip.top }}>
      {tip.text}
    </div>
  )
}

function textOf(target: HTMLElement): string | undefined {
  if (target.dataset.cut === undefined) return target.dataset.tip
  return target.scrollWidth > target.clientWidth ? (target.textContent ?? undefined) : undefined
}
