import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ColumnLayout } from '../../components/grid/column-layout.ts'
import { keepLayout, readLayout } from './kept-layout.ts'
import { layoutOf, layoutParam } from './layout-param.ts'
import { useRunSearch } from './use-run-search.ts'

/**
 * The columns of a run's results as this person left them: order, pins and hidden ones in the address, widths in this
 * browser. A query that is opened without them in the address looks as it did the last time.
 * @param query id or name of the query, under which it is remembered.
 */
export function useLayout(
  query: string,
  ids: readonly string[],
): [ColumnLayout, (layout: ColumnLayout) => void] {
  const [{ columns }, patch] = useRunSearch()
  const [kept] = useState(() => readLayout(localStorage, query))
  const [widths, setWidths] = useState(kept.widths)
  const layout = useMemo(() => layoutOf(columns, widths), [columns, widths])

  useEffect(() => {
    if (!columns && kept.columns) patch({ columns: kept.columns }, { replace: true })
    // Only when the page opens: later the address without columns means the default.
  }, [])

  const change = useCallback(
    (next: ColumnLayout) => {
      const param = layoutParam(ids, next)
      setWidths(next.widths)
      keepLayout(localStorage, query, { columns: param, widths: next.widths })
      if (JSON.stringify(param) !== JSON.stringify(columns)) patch({ columns: param }, { replace: true })
    },
    [ids, query, columns, patch],
  )
  return [layout, change]
}
