import { AppError } from '@quarry/schema'
import { putConnectorSecret } from '@quarry/schema/endpoints/connectors'
import { route } from '../../route.ts'

export default route(putConnectorSecret, async (ctx, { params, body }, who) => {
  const { connectors, secrets, lanes, summary } = ctx.enrichments
  const live = connectors.of(params.id)
  const { connector } = live
  if (connector.kind !== 'http' || !Object.hasOwn(connector.secrets, body.name))
    throw new AppError('secret_not_found')
  if (body.value === null) await secrets.forget(live.id, body.name)
  else await secrets.put(live.id, body.name, body.value)
  lanes.of(live).wake()
  await ctx.audit(who, putConnectorSecret.id, live.id, {
    code: connector.id,
    secret: body.name,
    done: body.value === null ? 'forgotten' : 'set',
  })
  return summary(live)
})
