import { Skeleton } from '@mantine/core'
import { matchEndpoints } from '@quarry/schema/endpoints/endpoints'
import type { QueryPerformance } from '@quarry/schema/endpoints/queries'
import { useCall } from '../../api.ts'
import { StateMark } from '../../components/state-mark.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { type DeviceSelection, matchOf } from '../targets/device-selection.ts'
import { costWords, expectedBytes, scoreTones } from './performance-words.ts'
import classes from './run-card.module.css'

interface Props {
  /** Undefined for a query that was never saved in this form. */
  performance: QueryPerformance | undefined
  devices: DeviceSelection
}

/** How many devices a run would be for, now, and what it would cost them by past runs. */
export function CostPreview({ performance, devices }: Props) {
  const match = matchOf(devices)
  const count = useCall(
    matchEndpoints,
    { body: { matchEndpoints: match ?? { all: true } } },
    { enabled: match !== undefined, keepPrevious: true, refetchInterval: 10_000 },
  )
  const counted = match === undefined ? { total: 0, online: 0, offline: 0 } : count.data
  return (
    <>
      {count.isError && <TroubleBox error={count.error} title="The devices could not be counted" />}
      <div aria-live="polite">
        {counted ? (
          <>
            <p className={classes.count}>
              {counted.total} {counted.total === 1 ? 'device' : 'devices'}
            </p>
            <p className={classes.states}>
              <StateMark tone={counted.online > 0 ? 'good' : 'quiet'}>{counted.online} online</StateMark>
              <StateMark tone="quiet">{counted.offline} offline</StateMark>
            </p>
          </>
        ) : (
          !count.isError && <Skeleton h={42} />
        )}
      </div>
      <Cost performance={performance} devices={counted?.total ?? 0} />
    </>
  )
}

function Cost({ performance, devices }: { performance: QueryPerformance | undefined; devices: number }) {
  if (!performance || performance.score === 'notEvaluated')
    return (
      <p className={classes.note}>
        {performance
          ? 'What it costs is not yet measured: the first run tells.'
          : 'What this SQL costs is not known before it has run.'}
      </p>
    )
  const { data = '–', time = '–', cpu } = costWords(performance)
  const all = expectedBytes(performance, devices)
  return (
    <dl className={classes.facts} title={`Means over ${performance.runs} runs`}>
      <dt>Impact</dt>
      <dd>
        <StateMark tone={scoreTones[performance.score]}>{performance.score}</StateMark>
      </dd>
      <dt>Time a device</dt>
      <dd>{time}</dd>
      {cpu && (
        <>
          <dt>CPU a device</dt>
          <dd>{cpu}</dd>
        </>
      )}
      <dt>Data a device</dt>
      <dd>{data}</dd>
      {all && devices > 1 && (
        <>
          <dt>Data in all</dt>
          <dd>{all}</dd>
        </>
      )}
    </dl>
  )
}
