import { findPrevalence } from '@quarry/schema/endpoints/prevalence'
import { route } from '../../route.ts'

export default route(findPrevalence, async (ctx, { body }) => ({
  items: ctx.prevalence.find(body.values),
  devices: await ctx.prevalence.devices(),
}))
