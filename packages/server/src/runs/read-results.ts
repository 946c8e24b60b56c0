import { AppError, type CatalogueColumn } from '@quarry/schema'
import type { ResultColumn } from '@quarry/schema/endpoints/run-results'
import type { Context } from '../context.ts'
import type { StoredColumn } from '../results/result-file.ts'
import { describeColumns } from './result-columns.ts'
import type { RunRow } from './run-of.ts'

/** Rows by which a column is judged that nothing else tells of. */
const sampleRows = 50

/** Returns a run whose results are still kept. @throws AppError run_not_found, results_expired */
export async function runWithResults(ctx: Context, runId: string): Promise<RunRow> {
  const run = await ctx.runs.rowOf(runId)
  if (run.results_expired) throw new AppError('results_expired')
  return run
}

/** Describes the columns of a run, `epName` first. */
export async function readColumnsOf(
  ctx: Pick<Context, 'runs' | 'results' | 'knownTables'>,
  runId: string,
  columns: readonly StoredColumn[],
): Promise<ResultColumn[]> {
  const { columns: declared } = await ctx.runs.rowOf(runId)
  const sample = await ctx.results.page(runId, {
    offset: 0,
    pageSize: sampleRows,
    withTotal: false,
    mayLag: true,
  })
  return describeColumns(columns, {
    declared: JSON.parse(declared) as Record<string, CatalogueColumn>,
    origins: await ctx.knownTables.pivots(),
    sample: sample.items,
  })
}
