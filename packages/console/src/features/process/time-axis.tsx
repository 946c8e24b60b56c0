import { type TimeWindow, ticks, tickText } from './time-window.ts'
import classes from './waterfall.module.css'

/** Room that the text of a tick takes, in pixels. */
const TICK_WIDTH = 110

/** The moments above the lanes, in local time. */
export function TimeAxis({ window, width }: { window: TimeWindow; width: number }) {
  const scale = width / (window.to - window.from)
  return (
    <>
      {ticks(window, Math.max(2, Math.floor(width / TICK_WIDTH))).map((at) => (
        <span key={at} className={classes.tick} style={{ left: (at - window.from) * scale }}>
          {tickText(at, window)}
        </span>
      ))}
    </>
  )
}
