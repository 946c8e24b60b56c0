import { countTables } from '@quarry/schema/endpoints/tables'
import { route } from '../../route.ts'

export default route(countTables, (ctx, { body }) => ctx.knownTables.count(body.matchEndpoints))
