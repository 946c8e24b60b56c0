import { Tabs } from '@mantine/core'
import { ApiError } from '@quarry/schema'
import { getRun, type Run } from '@quarry/schema/endpoints/runs'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { useDesigner } from '../../designer.ts'
import { PagePending } from '../../shell/page-pending.tsx'
import { TrailLine } from '../pivots/trail-line.tsx'
import { CancelRun } from './cancel-run.tsx'
import { DevicesTab } from './devices-tab.tsx'
import { ResultsTab } from './results-tab.tsx'
import { ResumeRun } from './resume-run.tsx'
import { RunHeader } from './run-header.tsx'
import classes from './run-page.module.css'
import { RunProgress } from './run-progress.tsx'
import { RunWarnings } from './run-warnings.tsx'
import { SqlTab } from './sql-tab.tsx'
import { useLiveRun } from './use-live-run.ts'
import { useRunSearch } from './use-run-search.ts'

const route = getRouteApi('/app/live-discover/runs/$runId')

/** One run: progress, results, devices, SQL. All of its state stands in the address. */
export function RunPage() {
  const { runId } = route.useParams()
  const run = useCall(getRun, { params: { id: runId } })
  // A run that goes on has a stream of its own again.
  if (run.data) return <RunView key={`${runId} ${run.data.resumedAt}`} first={run.data} />
  if (
    run.error instanceof ApiError &&
    (run.error.code === 'run_not_found' || run.error.code === 'bad_request')
  )
    return (
      <Empty title="There is no such run" action={<Link to="/live-discover">Go to Live Discover</Link>}>
        The link may be incomplete, or the run was made on another installation.
      </Empty>
    )
  if (run.error)
    return (
      <div style={{ padding: 16 }}>
        <TroubleBox error={run.error} title="The run could not be read" onRetry={() => void run.refetch()} />
      </div>
    )
  return <PagePending />
}

function RunView({ first }: { first: Run }) {
  const live = useLiveRun(first)
  const { run, rows, runAt, link } = live
  const designer = useDesigner()
  const [search, patch] = useRunSearch()
  const tab = search.tab === 'sql' && !designer ? 'results' : (search.tab ?? 'results')
  const go = (next: string | null) =>
    patch({ tab: next === 'devices' || next === 'sql' ? next : undefined, match: undefined })
  return (
    <div className={classes.page}>
      <TrailLine run={run} />
      <RunHeader run={run} />
      <RunProgress
        run={run}
        runAt={runAt}
        rows={rows}
        link={link}
        onDevices={(match) => patch({ tab: 'devices', match })}
      >
        <ResumeRun run={run} />
        <CancelRun run={run} rows={rows} />
      </RunProgress>
      <Tabs
        value={tab}
        onChange={go}
        className={classes.tabs}
        classNames={{ list: classes.list, tab: classes.tab }}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="results">
            Results <span className={classes.count}>{rows.toLocaleString('en')}</span>
          </Tabs.Tab>
          <Tabs.Tab value="devices">
            Devices <span className={classes.count}>{run.endpointCounts.total.toLocaleString('en')}</span>
          </Tabs.Tab>
          {designer && <Tabs.Tab value="sql">SQL</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="results" className={classes.panel}>
          <ResultsTab run={run} live={live} />
        </Tabs.Panel>
        <Tabs.Panel value="devices" className={classes.panel}>
          <DevicesTab run={run} live={live} />
        </Tabs.Panel>
        {designer && (
          <Tabs.Panel value="sql" className={classes.panel}>
            <SqlTab run={run} />
          </Tabs.Panel>
        )}
      </Tabs>
      {/* At the foot: a warning that comes while rows are read moves none of them. */}
      <RunWarnings warnings={run.warnings} />
    </div>
  )
}
