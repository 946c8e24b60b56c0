import { getIocList } from '@quarry/schema/endpoints/ioc-lists'
import { route } from '../../route.ts'

export default route(getIocList, (ctx, { params }) => ctx.iocLists.one(params.id))
