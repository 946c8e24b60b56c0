import { updateConnector } from '@quarry/schema/endpoints/connectors'
import { parseConnector } from '../../enrichment/parse-connector.ts'
import { route } from '../../route.ts'

export default route(updateConnector, async (ctx, { params, body }, who) => {
  const { yaml, definition, ...settings } = body
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
  const written =
    yaml === undefined && definition === undefined ? undefined : parseConnector({ yaml, definition })
  const { live, secretsForgotten } = await ctx.enrichments.update(params.id, given, written)
  await ctx.audit(who, updateConnector.id, live.id, {
    code: live.connector.id,
    ...given,
    ...(written && { definition: 'changed' }),
    ...(secretsForgotten && { secrets: 'forgotten, as the hosts changed' }),
  })
  return ctx.enrichments.detail(live)
})
