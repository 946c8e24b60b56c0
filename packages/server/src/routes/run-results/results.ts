import { getResults } from '@quarry/schema/endpoints/run-results'
import { describeEnriched, readEnriched } from '../../enrichment/enriched-columns.ts'
import { route } from '../../route.ts'
import { readColumnsOf, runWithResults } from '../../runs/read-results.ts'

export default route(getResults, async (ctx, { params, query }) => {
  const run = await runWithResults(ctx, params.id)
  const { enrich, ...selection } = query
  const page = await ctx.results.page(params.id, {
    ...selection,
    enriched: await readEnriched(ctx, params.id, enrich),
    withTotal: query.pageTotal,
    mayLag: run.status !== 'finished',
  })
  const own = page.columns.filter(({ sql }) => sql === undefined)
  return {
    metadata: { columns: [...(await readColumnsOf(ctx, params.id, own)), ...describeEnriched(ctx, enrich)] },
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
