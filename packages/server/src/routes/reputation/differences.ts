import { listReputationDifferences } from '@quarry/schema/endpoints/reputation'
import { route } from '../../route.ts'

export default route(listReputationDifferences, async (ctx) => ({
  items: await ctx.reputation.sightings.differences(),
}))
