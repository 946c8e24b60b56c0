import { listIocValues } from '@quarry/schema/endpoints/ioc-lists'
import { route } from '../../route.ts'

export default route(listIocValues, (ctx, { params, query }) => ctx.iocLists.values(params.id, query))
