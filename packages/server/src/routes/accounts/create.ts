import { createAccount } from '@quarry/schema/endpoints/accounts'
import { accountOf } from '../../accounts/accounts.ts'
import { route } from '../../route.ts'

export default route(createAccount, async (ctx, { body }, who) => {
  const { account, oneTimePassword } = await ctx.accounts.create(body)
  await ctx.audit(who, createAccount.id, account.id, { username: account.username, role: account.role })
  return { account: accountOf(account), oneTimePassword: oneTimePassword! }
})
