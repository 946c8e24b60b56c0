import { Button, TextInput } from '@mantine/core'
import { listQueries } from '@quarry/schema/endpoints/queries'
import { IconSearch } from '@tabler/icons-react'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { DesignerSwitch } from '../../components/designer-switch.tsx'
import { Empty } from '../../components/empty.tsx'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { useDesigner } from '../../designer.ts'
import { useMay } from '../../session.ts'
import { pageSearch } from '../../shell/use-shell-keys.ts'
import { RecentRuns } from '../run-list/recent-runs.tsx'
import { allQueries } from './all-queries.ts'
import { AskedDevice } from './asked-device.tsx'
import { CategoryList } from './category-list.tsx'
import { ImportQuery } from './import-query.tsx'
import { inCategory } from './in-category.ts'
import classes from './live-discover-page.module.css'
import { matchQuery } from './match-query.ts'
import { QueryCard } from './query-card.tsx'

const route = getRouteApi('/app/live-discover')

/** Live Discover: the catalogue of queries by category, with search and the recent runs. */
export function LiveDiscoverPage() {
  const { category, search = '', device } = route.useSearch()
  const navigate = useNavigate({ from: '/live-discover' })
  const designer = useDesigner()
  const mayWrite = useMay('queries:write')
  const queries = useCall(listQueries, allQueries)
  const found = queries.data?.items.filter((query) => matchQuery(query, search, designer))
  const setSearch = (value: string) =>
    void navigate({ replace: true, search: (before) => ({ ...before, search: value || undefined }) })
  return (
    <Page
      title="Live Discover"
      sideLabel="Categories and recent runs"
      side={
        <>
          <CategoryList queries={found} chosen={category} />
          <RecentRuns />
        </>
      }
      actions={
        <>
          <DesignerSwitch />
          {mayWrite && <ImportQuery />}
          {mayWrite && (
            <Button
              renderRoot={(props) => (
                <Link to="/live-discover/queries/new" search={{ designer: true }} {...props} />
              )}
            >
              New query
            </Button>
          )}
        </>
      }
    >
      {device && (
        <AskedDevice
          id={device}
          onClear={() => void navigate({ search: (before) => ({ ...before, device: undefined }) })}
        />
      )}
      <TextInput
        {...pageSearch}
        size="sm"
        mb={12}
        aria-label="Search queries"
        placeholder="Search queries by what they do…"
        leftSection={<IconSearch size={15} />}
        rightSection={<kbd className={classes.key}>/</kbd>}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && setSearch('')}
      />
      <Loaded call={queries} failed="The queries could not be read" skeleton={<Bars count={6} height={92} />}>
        {({ items }) => {
          const shown = (found ?? []).filter((query) => inCategory(query, category))
          if (shown.length === 0)
            return <Nothing any={items.length > 0} search={search} clear={() => setSearch('')} />
          return (
            <ul className={classes.cards} aria-label="Queries">
              {shown.map((query) => (
                <li key={query.id} className={classes.slot}>
                  <QueryCard query={query} designer={designer} device={device} />
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Nothing({ any, search, clear }: { any: boolean; search: string; clear: () => void }) {
  if (!any)
    return (
      <Empty title="The catalogue is empty">
        The server has no queries. Its log says what became of its catalogue.
      </Empty>
    )
  if (search === '') return <Empty title="No query is in this category yet" />
  return (
    <Empty
      title={`No query here matches “${search}”`}
      action={
        <Button variant="default" onClick={clear}>
          Clear the search
        </Button>
      }
    >
      All words must occur in its name, description, category or ATT&CK technique.
    </Empty>
  )
}
