import type { QueryPerformance } from '@quarry/schema/endpoints/queries'
import { StateMark } from '../../components/state-mark.tsx'
import classes from './cost-line.module.css'
import { costWords, scoreTones } from './performance-words.ts'

/** What a query costs a device, by its past runs: impact, data, time. */
export function CostLine({ performance }: { performance: QueryPerformance }) {
  if (performance.score === 'notEvaluated')
    return <span className={classes.none}>Impact, data and time not yet measured</span>
  const { data = '–', time = '–' } = costWords(performance)
  return (
    <dl className={classes.line} title={`Means of a device over ${performance.runs} runs`}>
      <div>
        <dt>Impact</dt>
        <dd>
          <StateMark tone={scoreTones[performance.score]}>{performance.score}</StateMark>
        </dd>
      </div>
      <div>
        <dt>Data</dt>
        <dd>{data}</dd>
      </div>
      <div>
        <dt>Time</dt>
        <dd>{time}</dd>
      </div>
    </dl>
  )
}
