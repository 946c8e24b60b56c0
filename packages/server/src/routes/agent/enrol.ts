import { AppError } from '@quarry/schema'
import { enrol } from '@quarry/schema/endpoints/agent'
import { isDeviceKey } from '../../enrolment/device-key.ts'
import { publicRoute } from '../../route.ts'

export default publicRoute(enrol, async (ctx, { body }, { request }) => {
  const { token, publicKey, facts } = body
  const address = request.ip
  const attempt = ctx.attempts.begin(address)
  const nobody = { type: 'nobody' as const, name: facts.hostname, address }
  if (!isDeviceKey(publicKey)) {
    throw new AppError('bad_request', 'body.publicKey: must be an Ed25519 key as SPKI DER in base64.')
  }
  const tokenId = await ctx.enrolment.use(token).catch(async (error) => {
    await ctx.audit(nobody, 'agent.enrol.failed')
    throw error
  })
  attempt.succeeded()
  try {
    const { id, isNew } = await ctx.endpoints.enrol({ publicKey, facts })
    // A device that asks again, because the first answer got lost, has not used the token twice.
    if (!isNew) await ctx.enrolment.giveBack(tokenId)
    await ctx.audit(nobody, enrol.id, id, { token: tokenId, isNew })
    return { endpointId: id, tenantId: ctx.tenantId }
  } catch (error) {
    await ctx.enrolment.giveBack(tokenId).catch(() => {})
    throw error
  }
})
