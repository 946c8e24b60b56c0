import { randomUUID } from 'node:crypto'
import { AppError } from '@quarry/schema'
import { createToken } from '@quarry/schema/endpoints/oauth'
import { tokenSeconds } from '../../api-clients/api-clients.ts'
import { publicRoute } from '../../route.ts'
import { newSecret } from '../../security/secrets.ts'

export default publicRoute(createToken, async (ctx, { body }, { request }) => {
  const address = request.ip
  const attempt = ctx.attempts.begin(address, `client ${body.client_id}`)
  const client = await ctx.apiClients.check(body.client_id, body.client_secret)
  if (!client) {
    await ctx.audit({ type: 'nobody', name: body.client_id, address }, 'oauth.failed')
    throw new AppError('bad_credentials', 'The client id or the client secret is wrong.')
  }
  attempt.succeeded()
  const token = await ctx.apiClients.issueToken(client)
  await ctx.audit({ type: 'service', id: client.id, name: client.name, address }, createToken.id)
  return {
    access_token: token,
    token_type: 'bearer' as const,
    expires_in: tokenSeconds,
    // Clients of the vendor's API expect one, though a new token is asked for with the credentials alone.
    refresh_token: newSecret(),
    errorCode: 'success' as const,
    message: 'OK' as const,
    trackingId: randomUUID(),
  }
})
