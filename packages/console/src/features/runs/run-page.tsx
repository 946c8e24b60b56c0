import { getRouteApi } from '@tanstack/react-router'

const route = getRouteApi('/app/live-discover/runs/$runId')

/** One run: progress, results, devices, SQL. */
export function RunPage() {
  const { runId } = route.useParams()
  return <p>Run {runId}</p>
}
