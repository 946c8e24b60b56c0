import { PivotType } from '@quarry/schema'
import { z } from 'zod'

/** A column of results whose cells a connector is asked about; it stands in the address of the page. */
export const EnrichedColumn = z.object({ column: z.string(), type: PivotType, connectorId: z.uuid() })
export type EnrichedColumn = z.infer<typeof EnrichedColumn>

export const keyOf = ({ column, connectorId }: EnrichedColumn): string => `${connectorId} ${column}`

/** Adds a column; the same one twice counts once. */
export function addEnriched(
  columns: readonly EnrichedColumn[] | undefined,
  added: EnrichedColumn,
): EnrichedColumn[] {
  return [...(columns ?? []).filter((each) => keyOf(each) !== keyOf(added)), added]
}

/** Takes a column out; undefined when none is left. */
export function removeEnriched(columns: readonly EnrichedColumn[] | undefined, removed: EnrichedColumn) {
  const rest = (columns ?? []).filter((each) => keyOf(each) !== keyOf(removed))
  return rest.length > 0 ? rest : undefined
}
