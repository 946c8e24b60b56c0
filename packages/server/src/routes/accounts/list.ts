import { listAccounts } from '@quarry/schema/endpoints/accounts'
import { accountOf } from '../../accounts/accounts.ts'
import { route } from '../../route.ts'

export default route(listAccounts, async (ctx) => ({ items: (await ctx.accounts.list()).map(accountOf) }))
