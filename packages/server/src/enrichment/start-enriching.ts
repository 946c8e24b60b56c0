import type { PivotType } from '@quarry/schema'
import type { Tlp } from '@quarry/schema/connectors/tlp'
import { createEnrichments, type EnrichmentItem } from '@quarry/schema/endpoints/enrichments'
import type { Context } from '../context.ts'
import type { Who } from '../who.ts'
import { higher } from './run-markings.ts'

interface Asking {
  connectorId: string
  type: PivotType
  values: string[]
  refresh: boolean
  raw: boolean
  runId?: string | undefined
  tlp?: Tlp | undefined
}

/** Values that an audit entry names; of more it keeps the number. */
const namedValues = 100

/**
 * Begins to ask a connector about values, for a caller.
 * @param tell called with each answer as it comes
 * @throws AppError connector_not_found or run_not_found, before anything is asked
 */
export async function startEnriching(
  ctx: Context,
  who: Who,
  asking: Asking,
  signal: AbortSignal,
  tell: (item: EnrichmentItem) => void,
) {
  const { connectorId, type, values, refresh, raw, runId } = asking
  const { connectors, markings, enrich, quota } = ctx.enrichments
  const live = connectors.of(connectorId)
  if (runId !== undefined) await ctx.runs.rowOf(runId)
  const tlp = higher(runId === undefined ? undefined : await markings.of(runId), asking.tlp)
  const leaving = (sent: readonly string[]) =>
    ctx.audit(who, createEnrichments.id, live.id, {
      code: live.connector.id,
      type,
      count: sent.length,
      values: sent.slice(0, namedValues).map((value) => value.slice(0, 500)),
      tlp,
      ...(refresh && { refresh }),
      ...(runId !== undefined && { runId }),
    })
  const promise = enrich({ live, type, values, refresh, tlp, raw, signal, tell, leaving })
  promise.catch(() => {})
  return { promise, quota: () => quota(live) }
}
