import { listAudit } from '@quarry/schema/endpoints/audit'
import { readAudit } from '../../audit/read-audit.ts'
import { route } from '../../route.ts'

export default route(listAudit, async (ctx, { query }) => await readAudit(ctx.db, query))
