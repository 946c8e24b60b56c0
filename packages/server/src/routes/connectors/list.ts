import { listConnectors } from '@quarry/schema/endpoints/connectors'
import { route } from '../../route.ts'

export default route(listConnectors, (ctx, { query }) => ({
  items: ctx.enrichments.connectors
    .list(query.type)
    .filter(({ settings }) => !query.usable || settings.enabled !== false)
    .map(ctx.enrichments.summary),
}))
