import { Button } from '@mantine/core'
import type { Run } from '@quarry/schema/endpoints/runs'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { formatClock } from '../../components/cells/format-duration.ts'
import { useNow } from '../../components/use-now.ts'
import classes from './run-progress.module.css'
import { announcement, counted, progressParts, waitingWords } from './run-words.ts'
import type { Link } from './use-live-run.ts'

interface Props {
  run: Run
  /** When the run was told, by the clock of this browser. */
  runAt: number
  rows: number
  link: Link
  onDevices: (match: string) => void
  children?: ReactNode
}

/** How far a run is: a bar and, in words and numbers, the devices by their state. A click on a state lists its devices. */
export function RunProgress({ run, runAt, rows, link, onDevices, children }: Props) {
  const { total } = run.endpointCounts
  const parts = progressParts(run.endpointCounts)
  const deadline = new Date(runAt + run.timeRemainingInSeconds * 1000)
  const always = ['withData', 'withoutData', 'failed']
  return (
    <section className={classes.progress} aria-label="Progress">
      <div className={classes.bar} aria-hidden>
        {parts
          .filter(({ count }) => count > 0)
          .map(({ key, count }) => (
            <span key={key} className={classes.part} data-part={key} style={{ flexGrow: count }} />
          ))}
      </div>
      <div className={classes.line}>
        <ul className={classes.words}>
          <li>
            <b>{total.toLocaleString('en')}</b>&nbsp;targeted
          </li>
          {parts
            .filter(({ key, count }) => count > 0 || always.includes(key))
            .map(({ key, count, word, match }) => (
              <li key={key}>
                <Button
                  variant="transparent"
                  className={classes.state}
                  disabled={count === 0}
                  onClick={() => onDevices(match)}
                >
                  <span className={classes.key} data-part={key} aria-hidden />
                  <b>{count.toLocaleString('en')}</b>&nbsp;{word}
                  {key === 'offline' && `, ${waitingWords(deadline, new Date(runAt))}`}
                </Button>
              </li>
            ))}
        </ul>
        <span className={classes.end}>
          {run.status === 'finished' ? (
            <span className="dimmed">{counted(rows, 'row')}</span>
          ) : (
            <Clock run={run} deadline={deadline} link={link} />
          )}
          {children}
        </span>
      </div>
      <Announcer run={run} rows={rows} />
    </section>
  )
}

function Clock({ run, deadline, link }: { run: Run; deadline: Date; link: Link }) {
  const now = useNow(1000)
  // Whole seconds that add up: two clocks that turn at different moments look broken.
  const left = Math.max(0, Math.ceil((deadline.getTime() - now.getTime()) / 1000)) * 1000
  const passed = run.maxDurationInSeconds * 1000 - left
  return (
    <span className={classes.clock}>
      {link === 'reconnecting' && <span className={classes.broken}>connection lost, trying again</span>}
      <span title="Time since the run was started">{formatClock(passed)}</span>
      <span className="dimmed">{formatClock(left)} left</span>
    </span>
  )
}

const ANNOUNCE_MS = 5000

/** Tells a screen reader how far the run is: every few seconds at most, and its end at once. */
function Announcer({ run, rows }: { run: Run; rows: number }) {
  const words = announcement(run, rows)
  const [told, setTold] = useState('')
  const last = useRef(0)
  useEffect(() => {
    const wait = run.status === 'finished' ? 0 : Math.max(0, last.current + ANNOUNCE_MS - Date.now())
    const timer = setTimeout(() => {
      last.current = Date.now()
      setTold(words)
    }, wait)
    return () => clearTimeout(timer)
  }, [words, run.status])
  return (
    <div role="status" aria-live="polite" className={classes.unseen}>
      {told}
    </div>
  )
}
