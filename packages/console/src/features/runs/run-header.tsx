import type { Run } from '@quarry/schema/endpoints/runs'
import { Link } from '@tanstack/react-router'
import { StateMark, type Tone } from '../../components/state-mark.tsx'
import { When } from '../../components/when.tsx'
import { RunActions } from './run-actions.tsx'
import classes from './run-header.module.css'
import { counted, runState } from './run-words.ts'

const TONES: Record<Run['result'], Tone> = {
  succeeded: 'good',
  failed: 'bad',
  timedOut: 'fair',
  canceled: 'quiet',
  notAvailable: 'busy',
}

/** Name and state of a run, and what can be done with it. */
export function RunHeader({ run }: { run: Run }) {
  return (
    <header className={classes.header}>
      <title>{`${run.name} · run · Quarry`}</title>
      <div className={classes.titles}>
        <nav aria-label="Where this page is" className={classes.crumbs}>
          <Link to="/live-discover">Live Discover</Link> <span aria-hidden>/</span> Run
        </nav>
        <h1 className={classes.title} title={run.name}>
          {run.name}
        </h1>
      </div>
      <div className={classes.facts}>
        <StateMark tone={TONES[run.result]}>{runState(run)}</StateMark>
        <span>{counted(run.endpointCounts.total, 'device')}</span>
        <span className="dimmed">
          <When at={run.createdAt} /> by {run.createdBy.name}
        </span>
      </div>
      <RunActions run={run} />
    </header>
  )
}
