import type { ResultColumn, ResultItem } from '@quarry/schema/endpoints/run-results'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { PageCache } from '../../components/grid/page-cache.ts'
import type { LiveRun } from './live-run.ts'
import { resultsSource } from './results-source.ts'
import type { RunSearch } from './run-search.ts'
import { isArrivalOrder, selectionOf } from './selection.ts'

const REFRESH_MS = 1000

export interface Results {
  rows: PageCache<ResultItem>
  columns: readonly ResultColumn[]
  /** Rows that came since the order on show was made; they wait for `refresh`. */
  fresh: number
  refresh: () => void
}

/**
 * The rows of a run as the address selects them. In the order of arrival new rows follow at the end by themselves; in any
 * other order they would push rows about, and wait until somebody asks for them.
 */
export function useResults(runId: string, search: RunSearch, live: LiveRun): Results {
  const [columns, setColumns] = useState<readonly ResultColumn[]>(live.columns)
  const arrival = isArrivalOrder(search)
  const selection = selectionOf(search)
  const key = JSON.stringify(selection)
  const keepColumns = useCallback((next: readonly ResultColumn[]) => {
    setColumns((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
  }, [])
  const rows = useMemo(() => resultsSource(runId, JSON.parse(key), keepColumns), [runId, key, keepColumns])
  // Rows that had come when the order on show was made.
  const [seen, setSeen] = useState({ rows, count: live.rows })
  const known = seen.rows === rows ? seen.count : live.rows
  useSyncExternalStore(rows.subscribe, rows.version)

  const refresh = useCallback(() => {
    setSeen({ rows, count: live.rows })
    rows.refresh()
  }, [rows, live.rows])

  useEffect(() => {
    setSeen((before) => (before.rows === rows ? before : { rows, count: live.rows }))
    return () => rows.stop()
    // The count is the one of the moment when the rows change.
  }, [rows])

  useEffect(() => {
    if (arrival) rows.grow(live.rows)
  }, [arrival, rows, live.rows])

  // While values are counted no grid asks for rows, but the columns are needed all the same.
  const counting = search.group !== undefined
  useEffect(() => {
    if (counting && !rows.answered) rows.want(0, 0)
  }, [counting, rows])

  // With nothing on show there is nothing that new rows could push about.
  const empty = !arrival && rows.answered && rows.count === 0 && live.rows > known
  useEffect(() => {
    if (!empty) return
    const timer = setTimeout(refresh, REFRESH_MS)
    return () => clearTimeout(timer)
  }, [empty, refresh])

  const rereadDone = useRef(live.reread)
  useEffect(() => {
    if (rereadDone.current === live.reread) return
    rereadDone.current = live.reread
    rows.refresh()
  }, [live.reread, rows])

  const shown = columns.length > 0 ? columns : live.columns
  return { rows, columns: shown, fresh: arrival ? 0 : Math.max(0, live.rows - known), refresh }
}
