import { getConnector } from '@quarry/schema/endpoints/connectors'
import { route } from '../../route.ts'

export default route(getConnector, (ctx, { params }) =>
  ctx.enrichments.detail(ctx.enrichments.connectors.of(params.id)),
)
