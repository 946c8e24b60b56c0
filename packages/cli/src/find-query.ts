import type { Call } from '@quarry/schema'
import { listQueries } from '@quarry/schema/endpoints/queries'
import type { RunInput } from '@quarry/schema/endpoints/runs'
import { UsageError } from './usage-error.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What to run: the id or the code of a saved query, or SQL. Anything with a space in it is SQL. */
export async function findQuery(
  call: Call,
  given: string,
): Promise<Pick<RunInput, 'savedQuery' | 'adHocQuery'>> {
  if (uuid.test(given)) return { savedQuery: { queryId: given } }
  if (/\s/.test(given))
    return { adHocQuery: { name: given.replace(/\s+/g, ' ').slice(0, 120), template: given } }
  const { items } = await call(listQueries, {
    query: { search: given, searchFields: 'code', pageSize: 1000 },
  })
  const query = items.find((item) => item.code === given)
  if (!query) throw new UsageError(`No query has the code “${given}”; quarry queries lists them.`)
  return { savedQuery: { queryId: query.id } }
}

/** Which devices: all, or those with one of the names or ids. A name may stand for several devices. */
export function matchOf(devices: string[]): RunInput['matchEndpoints'] {
  if (devices.length === 0) return { all: true }
  const ids = devices.filter((device) => uuid.test(device))
  const names = devices.filter((device) => !uuid.test(device))
  const filters = [...(ids.length > 0 ? [{ ids }] : []), ...names.map((name) => ({ hostnameContains: name }))]
  if (filters.length > 5) throw new UsageError('Give at most five names of devices, or their ids.')
  return { filters }
}
