import type { EndpointFilter, MatchEndpoints } from '@quarry/schema/endpoints/endpoints'
import { z } from 'zod'

/** Devices chosen one by one stand in the address, whose length servers limit. */
export const mostChosen = 200

const Platform = z.enum(['linux', 'windows', 'macOS'])
const Kind = z.enum(['computer', 'server'])

/** The conditions of the device picker. */
export const Conditions = z.object({
  search: z.string().max(200).optional().catch(undefined),
  platform: Platform.optional().catch(undefined),
  type: Kind.optional().catch(undefined),
  group: z.string().max(80).optional().catch(undefined),
  online: z.literal(true).optional().catch(undefined),
})
export type Conditions = z.infer<typeof Conditions>

const Selection = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('all') }),
  Conditions.extend({ mode: z.literal('match') }),
  Conditions.extend({ mode: z.literal('chosen'), ids: z.array(z.uuid()).max(mostChosen) }),
])

/** Which devices a query is for, as it stands in the address. */
export type DeviceSelection = z.infer<typeof Selection>

/** Reads a selection from the address; anything that is none means all devices. */
export function parseSelection(value: unknown): DeviceSelection {
  const parsed = Selection.safeParse(value)
  return parsed.success ? parsed.data : { mode: 'all' }
}

/** The filter of the API that these conditions mean. */
export function filterOf({ search, platform, type, group, online }: Conditions): EndpointFilter {
  return {
    ...(search && { search }),
    ...(platform && { os: [{ platform }] }),
    ...(type && { type: [type] }),
    ...(group && { groupNameContains: group }),
    ...(online && { online }),
  }
}

/**
 * `matchEndpoints` of a selection.
 * @returns undefined while no device is chosen
 */
export function matchOf(selection: DeviceSelection): MatchEndpoints | undefined {
  if (selection.mode === 'all') return { all: true }
  if (selection.mode === 'chosen')
    return selection.ids.length === 0 ? undefined : { filters: [{ ids: selection.ids }] }
  const filter = filterOf(selection)
  return Object.keys(filter).length === 0 ? { all: true } : { filters: [filter] }
}

/** The list call's parameters for the same conditions, so that the list shows what the filter would match. */
export function listQueryOf({ search, platform, type, group, online }: Conditions) {
  return {
    ...(search && { search }),
    ...(platform && { platform }),
    ...(type && { type }),
    ...(group && { groupNameContains: group }),
    ...(online && { online: 'true' }),
  }
}
