import { listRuns } from '@quarry/schema/endpoints/runs'
import { Link } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { When } from '../../components/when.tsx'
import classes from '../queries/side.module.css'
import { runState } from './run-state.ts'

/** The latest runs, in the side column of Live Discover. */
export function RecentRuns() {
  const runs = useCall(listRuns, { query: { pageSize: 6 } }, { refetchInterval: 15_000 })
  return (
    <section aria-label="Recent runs">
      <h2 className={classes.heading}>
        Recent runs
        <Link to="/live-discover/runs">all</Link>
      </h2>
      <Loaded call={runs} failed="The runs could not be read" skeleton={<Bars count={3} height={34} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.none}>No query has run yet.</p>
          ) : (
            <ul className={classes.list}>
              {items.map((run) => {
                const { word, tone } = runState(run)
                return (
                  <li key={run.id}>
                    <Link
                      to="/live-discover/runs/$runId"
                      params={{ runId: run.id }}
                      className={classes.run}
                      title={run.name}
                    >
                      <div className="ellipsis">{run.name}</div>
                      <div className={classes.runState}>
                        <StateMark tone={tone}>{word}</StateMark>
                        <When at={run.createdAt} />
                      </div>
                    </Link>
                  </li>
                )
              })}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}
