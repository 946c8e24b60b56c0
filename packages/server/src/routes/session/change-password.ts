import { AppError } from '@quarry/schema'
import { changePassword } from '@quarry/schema/endpoints/session'
import { route } from '../../route.ts'
import { passwordFits, verifyPassword } from '../../security/passwords.ts'
import { ownSession, sessionOf } from '../../sessions/session-of.ts'

export default route(changePassword, async (ctx, { body }, who) => {
  const { secretHash } = ownSession(who)
  const account = await ctx.accounts.get(who.id)
  const attempt = ctx.attempts.begin(who.address, `user ${account.username}`)
  if (!(await verifyPassword(body.current, account.password_hash))) {
    await ctx.audit(who, 'session.changePassword.failed')
    throw new AppError('bad_credentials', 'The present password is wrong.')
  }
  attempt.succeeded()
  if (!passwordFits(body.next, account.username)) throw new AppError('weak_password')
  if (body.next === body.current) throw new AppError('weak_password', 'The new password equals the old one.')

  await ctx.accounts.setPassword(account.id, body.next, secretHash)
  await ctx.audit(who, changePassword.id)
  return await sessionOf(ctx, who)
})
