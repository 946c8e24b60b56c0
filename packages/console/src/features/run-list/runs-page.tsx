import { SegmentedControl } from '@mantine/core'
import { listRuns } from '@quarry/schema/endpoints/runs'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { Pager } from '../../components/pager.tsx'
import { RunTable } from './run-table.tsx'
import { parseRuns, runFilters, runsQuery } from './runs-search.ts'

const route = getRouteApi('/app/live-discover/runs')

/** The runs of everyone, the latest first. */
export function RunsPage() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/live-discover/runs' })
  const runs = useCall(listRuns, { query: runsQuery(search) }, { keepPrevious: true, refetchInterval: 5_000 })
  return (
    <Page title="Runs" crumbs={[{ label: 'Live Discover', to: '/live-discover' }]}>
      <SegmentedControl
        aria-label="State"
        mb={12}
        data={runFilters.map(({ value, label }) => ({ value, label }))}
        value={search.state ?? 'all'}
        onChange={(state) =>
          void navigate({ search: (before) => ({ designer: before.designer, ...parseRuns({ state }) }) })
        }
      />
      <Loaded call={runs} failed="The runs could not be read" skeleton={<Bars count={10} />}>
        {({ items, pages }) =>
          items.length === 0 ? (
            <Empty title={search.state ? 'No run is in this state' : 'No query has run yet'}>
              {!search.state && 'Pick a query in Live Discover, choose devices, and press Run.'}
            </Empty>
          ) : (
            <>
              <RunTable runs={items} />
              <Pager
                pages={pages}
                noun="run"
                onPage={(page) => void navigate({ search: (before) => ({ ...before, page }) })}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
