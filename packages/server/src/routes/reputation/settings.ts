import { getReputationSettings } from '@quarry/schema/endpoints/reputation'
import { route } from '../../route.ts'

export default route(getReputationSettings, (ctx) => ctx.reputation.settings())
