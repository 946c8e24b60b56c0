import { getResults } from '@quarry/schema/endpoints/run-results'
import { route } from '../../route.ts'
import { readColumnsOf, runWithResults } from '../../runs/read-results.ts'

export default route(getResults, async (ctx, { params, query }) => {
  const run = await runWithResults(ctx, params.id)
  const page = await ctx.results.page(params.id, {
    ...query,
    withTotal: query.pageTotal,
    mayLag: run.status !== 'finished',
  })
  return {
    metadata: { columns: await readColumnsOf(ctx, params.id, page.columns) },
    items: page.items,
    pages: {
      ...(query.pageFromKey !== undefined && { fromKey: query.pageFromKey }),
      ...(page.nextKey !== undefined && { nextKey: page.nextKey }),
      size: query.pageSize,
      ...(page.total !== undefined && {
        total: Math.ceil(page.total / query.pageSize),
        items: page.total,
      }),
      maxSize: 1000,
    },
  }
})
