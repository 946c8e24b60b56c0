import { streamEnrichments } from '@quarry/schema/endpoints/enrichments'
import type { Context } from '../../context.ts'
import { distinctValues } from '../../enrichment/enriched-columns.ts'
import { openItemStream } from '../../enrichment/item-stream.ts'
import { startEnriching } from '../../enrichment/start-enriching.ts'
import { rawRoute } from '../../route.ts'
import { runWithResults } from '../../runs/read-results.ts'

export default rawRoute(streamEnrichments, async (ctx, { body }, who, { reply }) => {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, ctx.closing])
  const stream = openItemStream()
  const { values, beyond } = body.values
    ? { values: body.values, beyond: 0 }
    : await valuesOf(ctx, body.runId!, body.column!)
  const done = await startEnriching(ctx, who, { ...body, values }, signal, stream.tell)
  reply.hijack()
  stream.begin(reply.raw, reply.getHeaders(), () => gone.abort(new Error('The stream was closed.')))
  await done.promise.then(
    () => stream.end({ distinct: new Set(values).size, beyond }, done.quota()),
    (error) => {
      if (!signal.aborted) ctx.log.error({ err: error }, 'enriching failed')
      reply.raw.destroy()
    },
  )
})

async function valuesOf(ctx: Context, runId: string, column: string) {
  await runWithResults(ctx, runId)
  return await distinctValues(ctx, runId, column)
}
