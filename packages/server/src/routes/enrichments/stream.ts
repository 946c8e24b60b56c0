import { streamEnrichments } from '@quarry/schema/endpoints/enrichments'
import { openItemStream } from '../../enrichment/item-stream.ts'
import { startEnriching } from '../../enrichment/start-enriching.ts'
import { rawRoute } from '../../route.ts'

export default rawRoute(streamEnrichments, async (ctx, { body }, who, { reply }) => {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, ctx.closing])
  const stream = openItemStream()
  const done = await startEnriching(ctx, who, body, signal, stream.tell)
  reply.hijack()
  stream.begin(reply.raw, reply.getHeaders(), () => gone.abort(new Error('The stream was closed.')))
  await done.promise.then(
    () => stream.end(new Set(body.values).size, done.quota()),
    (error) => {
      if (!signal.aborted) ctx.log.error({ err: error }, 'enriching failed')
      reply.raw.destroy()
    },
  )
})
