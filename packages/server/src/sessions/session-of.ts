import { AppError } from '@quarry/schema'
import type { Session } from '@quarry/schema/endpoints/session'
import type { Context } from '../context.ts'
import type { SessionOf, Who } from '../who.ts'

/** The session as the API shows it. @throws AppError forbidden for a program, which has none */
export async function sessionOf(ctx: Pick<Context, 'accounts' | 'tenantId'>, who: Who): Promise<Session> {
  const session = ownSession(who)
  const account = await ctx.accounts.get(who.id)
  return {
    account: { id: account.id, username: account.username, name: account.name, role: account.role },
    permissions: [...who.permissions],
    mustChangePassword: account.must_change_password === 1,
    csrfToken: session.csrfToken,
    tenantId: ctx.tenantId,
  }
}

/** @throws AppError forbidden for a program */
export function ownSession(who: Who): SessionOf {
  if (!who.session)
    throw new AppError('forbidden', 'Only a person has a session; programs use bearer tokens.')
  return who.session
}
