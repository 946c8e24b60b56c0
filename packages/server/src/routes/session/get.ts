import { getSession } from '@quarry/schema/endpoints/session'
import { route } from '../../route.ts'
import { sessionOf } from '../../sessions/session-of.ts'

export default route(getSession, async (ctx, _input, who) => await sessionOf(ctx, who))
