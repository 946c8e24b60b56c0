import { AppError } from '@quarry/schema'
import { EndpointFilter, listEndpoints } from '@quarry/schema/endpoints/endpoints'
import { offsetPages } from '../../offset-page.ts'
import { route } from '../../route.ts'

export default route(listEndpoints, async (ctx, { query }) => {
  const filter = EndpointFilter.safeParse({
    ids: list(query.ids),
    type: list(query.type),
    healthStatus: list(query.healthStatus),
    hostnameContains: query.hostnameContains,
    associatedPersonContains: query.associatedPersonContains,
    groupNameContains: query.groupNameContains,
    os: list(query.platform)?.map((platform) => ({ platform })),
    ipAddresses: list(query.ipAddresses),
    lastSeenBefore: query.lastSeenBefore,
    lastSeenAfter: query.lastSeenAfter,
    online: query.online,
    search: query.search,
    searchFields: list(query.searchFields),
  })
  if (!filter.success) {
    const [issue] = filter.error.issues
    throw new AppError(
      'bad_request',
      `query.${issue!.path[0] === 'os' ? 'platform' : issue!.path.join('.')}: ${issue!.message}.`,
    )
  }
  const { items, total } = await ctx.endpoints.list({ ...query, filter: filter.data })
  return { items, pages: offsetPages(query, total, 500) }
})

/** A list in one parameter, separated by commas; an empty one counts as not given. */
function list(text: string | undefined): string[] | undefined {
  const items = text
    ?.split(',')
    .map((item) => item.trim())
    .filter(Boolean)
  return items?.length ? items : undefined
}
