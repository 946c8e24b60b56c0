import { AppError } from '@quarry/schema'
import { signIn } from '@quarry/schema/endpoints/session'
import { publicRoute } from '../../route.ts'
import { verifyPassword } from '../../security/passwords.ts'
import { setSessionCookie } from '../../security/session-cookie.ts'
import { sessionOf } from '../../sessions/session-of.ts'

export default publicRoute(signIn, async (ctx, { body }, { request, reply }) => {
  const { username, password } = body
  const address = request.ip
  const attempt = ctx.attempts.begin(address, `user ${username}`)
  const account = await ctx.accounts.byUsername(username)
  const right = await verifyPassword(password, account?.password_hash)
  if (!account || !right || account.disabled) {
    await ctx.audit({ type: 'nobody', name: username, address }, 'session.failed')
    throw new AppError('bad_credentials')
  }
  attempt.succeeded()

  const secret = await ctx.sessions.begin(account.id, address)
  await ctx.audit({ type: 'user', id: account.id, name: account.name, address }, signIn.id)
  const who = await ctx.sessions.find(secret, address)
  // The account was removed in the very moment.
  if (!who) throw new AppError('bad_credentials')
  setSessionCookie(request, reply, secret)
  return await sessionOf(ctx, who)
})
