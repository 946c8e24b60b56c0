import { getQuery } from '@quarry/schema/endpoints/queries'
import { getRouteApi } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { Workbench } from './workbench.tsx'

const route = getRouteApi('/app/live-discover/queries/$queryId')

/** One query: what it tells, its variables, the devices, Run; in designer mode its SQL. */
export function QueryPage() {
  const { queryId } = route.useParams()
  const query = useCall(getQuery, { params: { id: queryId }, query: {} })
  if (query.data) return <Workbench key={queryId} base={query.data} />
  return (
    <Page title="Query" crumbs={[{ label: 'Live Discover', to: '/live-discover' }]}>
      <Loaded call={query} failed="The query could not be read" skeleton={<Bars count={4} height={72} />}>
        {() => null}
      </Loaded>
    </Page>
  )
}
