import { updateAccount } from '@quarry/schema/endpoints/accounts'
import { accountOf } from '../../accounts/accounts.ts'
import { route } from '../../route.ts'

export default route(updateAccount, async (ctx, { params, body }, who) => {
  const { account, oneTimePassword } = await ctx.accounts.update(params.id, body)
  await ctx.audit(who, updateAccount.id, account.id, { username: account.username, ...body })
  return { account: accountOf(account), oneTimePassword }
})
