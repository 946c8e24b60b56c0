import { listQueries } from '@quarry/schema/endpoints/queries'
import { getResults, type ResultItem } from '@quarry/schema/endpoints/run-results'
import { createRun, getRun, type Run } from '@quarry/schema/endpoints/runs'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { call, useAction, useCall } from '../../api.ts'
import { useMay } from '../../session.ts'
import { allQueries } from '../queries/all-queries.ts'
import { readStory, type Story } from './story.ts'

/** Code of the shipped query that the page asks. */
const CODE = 'processes.process_story'
const PAGE_ROWS = 1000
/** A process with more to tell is told to be cut. */
const MOST_ROWS = 6000
const EVERY_MS = 700

interface Asked {
  run: Run | undefined
  story: Story | undefined
  /** Rows that the device sent and the page does not show. */
  beyond: number
  error: Error | null
  /** Why it cannot be asked; a sentence. */
  blocked: string | undefined
  again: () => void
}

/** Asks a device for the story of a process, once for each address; `runId` is the run that asked already. */
export function useStory(
  deviceId: string,
  sophosPid: string,
  runId: string | undefined,
  onRun: (runId: string | undefined) => void,
): Asked {
  const queries = useCall(listQueries, allQueries)
  const query = queries.data?.items.find(({ code }) => code === CODE)
  const mayRun = useMay('queries:run')
  const ask = useAction(createRun, { onSuccess: (run) => onRun(run.id) })
  const asking = useRef('')
  useEffect(() => {
    const key = `${deviceId} ${sophosPid}`
    if (runId !== undefined || !query || !mayRun || asking.current === key) return
    asking.current = key
    ask.mutate({
      body: {
        savedQuery: { queryId: query.id },
        variables: [{ name: 'sophos_pid', dataType: 'text', value: sophosPid, pivotType: 'sophosPid' }],
        matchEndpoints: { filters: [{ ids: [deviceId] }] },
      },
    })
  }, [deviceId, sophosPid, runId, query, mayRun, ask.mutate])

  const run = useCall(
    getRun,
    { params: { id: runId ?? '' }, query: {} },
    { enabled: runId !== undefined, refetchInterval: EVERY_MS },
  )
  const finished = run.data?.status === 'finished'
  const results = useQuery({
    // Read once more when the run has ended: rows may have come since the last time.
    queryKey: [getResults.id, runId, 'story', finished],
    queryFn: ({ signal }) => readRows(runId ?? '', signal),
    enabled: runId !== undefined && run.data !== undefined,
    refetchInterval: finished ? false : EVERY_MS,
    placeholderData: (previous) => previous,
  })
  return {
    run: run.data,
    story: results.data && readStory(results.data),
    beyond: Math.max(0, (run.data?.resultCount ?? 0) - MOST_ROWS),
    error: queries.error ?? ask.error ?? run.error ?? results.error,
    blocked: mayRun
      ? queries.data && !query
        ? 'This server does not ship the query that this page asks.'
        : undefined
      : 'Your role reads results, but does not ask devices.',
    again: () => {
      asking.current = ''
      onRun(undefined)
    },
  }
}

async function readRows(runId: string, signal: AbortSignal): Promise<ResultItem[]> {
  const rows: ResultItem[] = []
  while (rows.length < MOST_ROWS) {
    const query = { pageSize: String(PAGE_ROWS), offset: String(rows.length) }
    const { items } = await call(getResults, { params: { id: runId }, query }, { signal })
    rows.push(...items)
    if (items.length < PAGE_ROWS) break
  }
  return rows
}
