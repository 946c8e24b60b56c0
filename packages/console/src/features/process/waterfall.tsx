import { useEffect, useRef } from 'react'
import type { Activity } from './marks.ts'
import type { TreeRow } from './process-tree.ts'
import { TimeAxis } from './time-axis.tsx'
import { type TimeWindow, zoom } from './time-window.ts'
import { useDrag } from './use-drag.ts'
import { useWidth } from './use-width.ts'
import classes from './waterfall.module.css'
import { WaterfallRow } from './waterfall-row.tsx'

interface Props {
  rows: readonly TreeRow[]
  /** By `sophos_pid`. */
  activities: ReadonlyMap<string, readonly Activity[]>
  window: TimeWindow
  whole: TimeWindow
  /** Where processes that still run end, in milliseconds since 1970. */
  now: number
  folded: ReadonlySet<string>
  only: string | undefined
  onWindow: (window: TimeWindow) => void
  onFold: (sophosPid: string) => void
  onOnly: (sophosPid: string | undefined) => void
  deviceId: string
}

const ZOOM_STEP = 1.25
/** Ancestors that stay in view above the process, the head of the picture included. */
const ROWS_ABOVE = 5

/** The tree of processes at the left, and at the right when each ran and what it did. Ctrl and the wheel zoom, dragging moves. */
export function Waterfall({ rows, activities, window, whole, now, folded, only, ...on }: Props) {
  const lanes = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const width = useWidth(lanes)
  const ancestors = rows.filter(({ kind }) => kind === 'ancestor').length
  // A long line of ancestors must not hide the process that the page is about.
  useEffect(() => {
    const frame = list.current?.parentElement
    const focus = list.current?.querySelector<HTMLElement>('[data-kind="focus"]')
    if (frame && focus) frame.scrollTop = Math.max(0, focus.offsetTop - ROWS_ABOVE * focus.offsetHeight)
  }, [ancestors])
  const drag = useDrag({ element: lanes, width, window, whole, onWindow: on.onWindow })
  const step = (factor: number) => on.onWindow(zoom(window, factor, (window.from + window.to) / 2, whole))
  return (
    <section
      className={classes.waterfall}
      aria-label="Process tree and timeline"
      onWheel={(event) => {
        if (!event.ctrlKey || !lanes.current) return
        const share = (event.clientX - lanes.current.getBoundingClientRect().left) / width
        const around = window.from + Math.min(Math.max(share, 0), 1) * (window.to - window.from)
        on.onWindow(zoom(window, event.deltaY > 0 ? ZOOM_STEP : 1 / ZOOM_STEP, around, whole))
      }}
    >
      <div className={classes.head}>
        <span className={classes.heading}>
          Process
          <span className={classes.zoom}>
            <button
              type="button"
              aria-label="Zoom in"
              title="Zoom in (Ctrl + wheel)"
              onClick={() => step(0.5)}
            >
              +
            </button>
            <button type="button" aria-label="Zoom out" title="Zoom out" onClick={() => step(2)}>
              −
            </button>
            <button type="button" title="Show the whole time" onClick={() => on.onWindow(whole)}>
              all
            </button>
          </span>
        </span>
        <div className={classes.axis} ref={lanes} {...drag}>
          <TimeAxis window={window} width={width} />
        </div>
      </div>
      <div ref={list} role="tree" aria-label="Processes">
        {rows.map((row) => (
          <WaterfallRow
            key={row.node.sophosPid}
            row={row}
            activities={activities.get(row.node.sophosPid) ?? []}
            window={window}
            width={width}
            now={now}
            folded={folded.has(row.node.sophosPid)}
            chosen={only === row.node.sophosPid}
            drag={drag}
            deviceId={on.deviceId}
            onFold={() => on.onFold(row.node.sophosPid)}
            onChoose={() => on.onOnly(only === row.node.sophosPid ? undefined : row.node.sophosPid)}
          />
        ))}
      </div>
    </section>
  )
}
