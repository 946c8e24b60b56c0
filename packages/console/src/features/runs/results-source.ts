import { getResults, type ResultColumn, type ResultItem } from '@quarry/schema/endpoints/run-results'
import { call } from '../../api.ts'
import { PageCache } from '../../components/grid/page-cache.ts'
import { queryClient } from '../../query-client.ts'
import type { Selection } from './selection.ts'

const PAGE_SIZE = 200
/** 12,000 rows at most stay in the browser. */
const MAX_PAGES = 60

/**
 * The rows of a run as a window that is read when it is seen.
 * @param onColumns is told the columns with each answer.
 */
export function resultsSource(
  runId: string,
  selection: Selection,
  onColumns: (columns: readonly ResultColumn[]) => void,
): PageCache<ResultItem> {
  let reads = 0
  return new PageCache<ResultItem>({
    pageSize: PAGE_SIZE,
    maxPages: MAX_PAGES,
    load: async (offset, pageSize, signal) => {
      const query = { ...selection, offset: String(offset), pageSize: String(pageSize), pageTotal: 'true' }
      // Through the query client, so that an ended session is noticed; the page itself is kept by the window alone.
      const answer = await queryClient.fetchQuery({
        queryKey: [getResults.id, runId, 'window', query, ++reads],
        queryFn: () => call(getResults, { params: { id: runId }, query }, { signal }),
        gcTime: 0,
      })
      onColumns(answer.metadata.columns)
      return { items: answer.items, total: answer.pages.items }
    },
  })
}
