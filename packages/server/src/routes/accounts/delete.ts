import { deleteAccount } from '@quarry/schema/endpoints/accounts'
import { route } from '../../route.ts'

export default route(deleteAccount, async (ctx, { params }, who) => {
  const account = await ctx.accounts.remove(params.id)
  await ctx.audit(who, deleteAccount.id, account.id, { username: account.username })
  return undefined
})
