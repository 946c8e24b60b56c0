import { matchEndpoints } from '@quarry/schema/endpoints/endpoints'
import { route } from '../../route.ts'

export default route(matchEndpoints, async (ctx, { body }) => {
  const devices = await ctx.endpoints.match(body.matchEndpoints)
  const online = devices.filter((device) => device.online === 1).length
  return {
    total: devices.length,
    online,
    offline: devices.length - online,
    types: count(devices.map(({ type }) => type)),
    platforms: count(devices.map(({ platform }) => platform)),
  }
})

function count(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
