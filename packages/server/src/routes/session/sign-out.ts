import { signOut } from '@quarry/schema/endpoints/session'
import { route } from '../../route.ts'
import { clearSessionCookie } from '../../security/session-cookie.ts'
import { ownSession } from '../../sessions/session-of.ts'

export default route(signOut, async (ctx, _input, who, { request, reply }) => {
  await ctx.sessions.end(ownSession(who).secretHash)
  await ctx.audit(who, signOut.id)
  clearSessionCookie(request, reply)
  return undefined
})
