import { setTimeout as sleep } from 'node:timers/promises'
import { createEnrichments, type EnrichmentItem } from '@quarry/schema/endpoints/enrichments'
import { startEnriching } from '../../enrichment/start-enriching.ts'
import { route } from '../../route.ts'

export default route(createEnrichments, async (ctx, { body }, who) => {
  const told = new Map<string, EnrichmentItem>()
  const done = await startEnriching(ctx, who, body, ctx.closing, (item) => told.set(item.value, item))
  const waited = new AbortController()
  try {
    await Promise.race([done.promise, sleep(body.waitSeconds * 1000, undefined, { signal: waited.signal })])
  } finally {
    waited.abort()
  }
  const pending = (value: string): EnrichmentItem => ({
    value,
    status: 'pending',
    explanation: 'The service is still being asked; ask again for this value.',
    fields: {},
    links: [],
    fromCache: false,
  })
  return {
    items: [...new Set(body.values)].map((value) => told.get(value) ?? pending(value)),
    quota: done.quota(),
  }
})
