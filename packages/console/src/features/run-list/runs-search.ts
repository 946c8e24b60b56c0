import { RunResult, RunStatus } from '@quarry/schema/endpoints/runs'

/** What a list of runs can be narrowed to: those that go on, or one kind of end. */
export const runFilters = [
  { value: 'all', label: 'All' },
  { value: 'started', label: 'Running' },
  { value: 'pending', label: 'Waiting' },
  { value: 'succeeded', label: 'Succeeded' },
  { value: 'failed', label: 'Failed' },
  { value: 'timedOut', label: 'Timed out' },
  { value: 'canceled', label: 'Cancelled' },
] as const

type RunFilter = (typeof runFilters)[number]['value']

/** What the address of the list of runs keeps. */
export interface RunsSearch {
  state?: Exclude<RunFilter, 'all'>
  page?: number
}

/** Reads the search part of the address; what it does not know is dropped. */
export function parseRuns(search: Record<string, unknown>): RunsSearch {
  const known = runFilters.find(({ value }) => value === search.state && value !== 'all')
  const page =
    typeof search.page === 'number' && Number.isInteger(search.page) && search.page > 1
      ? search.page
      : undefined
  return { ...(known && { state: known.value as RunsSearch['state'] }), ...(page && { page }) }
}

/** The parameters of the list call for it. */
export function runsQuery({ state, page = 1 }: RunsSearch) {
  const status = RunStatus.safeParse(state).data
  const result = RunResult.safeParse(state).data
  return { page, pageSize: 50, pageTotal: 'true', ...(status && { status }), ...(result && { result }) }
}
