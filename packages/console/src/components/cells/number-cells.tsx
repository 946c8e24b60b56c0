import classes from './cell.module.css'
import { formatBytes } from './format-bytes.ts'
import { formatDuration } from './format-duration.ts'
import { dateOf, formatLocal, formatUtc } from './format-time.ts'

/** Unix seconds as local time; UTC and the bare number on hover. */
export function TimeCell({ seconds }: { seconds: number }) {
  const date = dateOf(seconds)
  if (!date)
    return (
      <span className={classes.mono} data-tip="Not a moment in time; 0 often means that it is not set.">
        {seconds}
      </span>
    )
  return (
    <time className={classes.mono} dateTime={date.toISOString()} data-tip={`${formatUtc(date)}\n${seconds}`}>
      {formatLocal(date)}
    </time>
  )
}

/** Bytes in a unit for people; the exact number on hover. */
export function BytesCell({ bytes }: { bytes: number }) {
  return (
    <span className={classes.mono} data-tip={`${bytes.toLocaleString('en')} bytes`}>
      {bytes < 0 ? bytes : formatBytes(bytes)}
    </span>
  )
}

/** A length of time; the exact number on hover. */
export function DurationCell({ value, unit }: { value: number; unit: 'seconds' | 'milliseconds' }) {
  return (
    <span className={classes.mono} data-tip={`${value.toLocaleString('en')} ${unit}`}>
      {value < 0 ? value : formatDuration(unit === 'seconds' ? value * 1000 : value)}
    </span>
  )
}
