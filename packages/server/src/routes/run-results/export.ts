import { Readable } from 'node:stream'
import { exportResults } from '@quarry/schema/endpoints/run-results'
import { readEnriched } from '../../enrichment/enriched-columns.ts'
import { rawRoute } from '../../route.ts'
import { runWithResults } from '../../runs/read-results.ts'

const types = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

export default rawRoute(exportResults, async (ctx, { params, query }, who, { reply }) => {
  const run = await runWithResults(ctx, params.id)
  const { format, columns, enrich, ...selection } = query
  const names = columns?.split(',').filter((name) => name !== '')
  const pieces = await ctx.results.export(params.id, {
    ...selection,
    enriched: await readEnriched(ctx, params.id, enrich),
    format,
    columns: names?.length ? names : undefined,
  })
  await ctx.audit(who, exportResults.id, params.id, { format, ...selection })
  reply.header('content-type', types[format])
  reply.header(
    'content-disposition',
    `attachment; filename="${fileName(run.name, run.created_at)}.${format}"`,
  )
  // One piece at a time: an export of any size stays small in memory.
  reply.send(Readable.from(pieces, { highWaterMark: 1 }))
})

/** `open-connections-2026-11-24-0512`: letters, digits and dashes alone, for any file system. */
function fileName(name: string, createdAt: number): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const time = new Date(createdAt)
    .toISOString()
    .slice(0, 16)
    .replace(/[T:]/g, (c) => (c === 'T' ? '-' : ''))
  return `${words.slice(0, 60) || 'results'}-${time}`
}
