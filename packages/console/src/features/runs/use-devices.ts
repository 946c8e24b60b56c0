import { listRunEndpoints, type RunEndpoint } from '@quarry/schema/endpoints/runs'
import { useEffect, useMemo, useRef } from 'react'
import { call } from '../../api.ts'
import type { RowSource } from '../../components/grid/grid-types.ts'
import { PageCache } from '../../components/grid/page-cache.ts'
import { queryClient } from '../../query-client.ts'
import type { LiveRun } from './live-run.ts'

const PAGE_SIZE = 100
const MAX_PAGES = 40

export interface Devices {
  rows: RowSource<RunEndpoint>
  answered: boolean
  error: unknown
  refresh: () => void
}

/** The devices of a run, read by page; a device that changes meanwhile changes in its place. */
export function useDevices(runId: string, match: string | undefined, sort: string, live: LiveRun): Devices {
  const pages = useMemo(() => {
    let reads = 0
    return new PageCache<RunEndpoint>({
      pageSize: PAGE_SIZE,
      maxPages: MAX_PAGES,
      load: async (offset, pageSize, signal) => {
        const query = { page: offset / pageSize + 1, pageSize, pageTotal: 'true', sort, match }
        const answer = await queryClient.fetchQuery({
          queryKey: [listRunEndpoints.id, runId, 'window', query, ++reads],
          queryFn: () => call(listRunEndpoints, { params: { id: runId }, query }, { signal }),
          gcTime: 0,
        })
        return { items: answer.items, total: answer.pages.items }
      },
    })
  }, [runId, match, sort])
  useEffect(() => () => pages.stop(), [pages])

  // When the run has ended, and when the stream lost something, all is read once more.
  const state = `${live.ended} ${live.reread}`
  const read = useRef(state)
  useEffect(() => {
    if (read.current === state) return
    read.current = state
    pages.refresh()
  }, [state, pages])

  const { devices } = live
  const rows = useMemo(
    (): RowSource<RunEndpoint> => ({
      get count() {
        return pages.count
      },
      rowAt: (index) => {
        const row = pages.rowAt(index)
        return row && (devices.get(row.id) ?? row)
      },
      want: (first, last) => pages.want(first, last),
      subscribe: pages.subscribe,
      version: pages.version,
    }),
    [pages, devices],
  )
  return { rows, answered: pages.answered, error: pages.error, refresh: () => pages.refresh() }
}
