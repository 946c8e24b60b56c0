import { getReputation } from '@quarry/schema/endpoints/reputation'
import type { z } from 'zod'
import { route } from '../../route.ts'

type Evidence = z.infer<typeof getReputation.output>['evidence']

export default route(getReputation, async (ctx, { params }) => {
  const sha256 = params.sha256.toLowerCase()
  const [known] = await ctx.reputation.of([{ sha256 }])
  const { globalRep, data, expiresAt, devices } = known!
  return {
    sha256,
    globalRep,
    evidence: JSON.parse(data) as Evidence,
    expiresAt: new Date(expiresAt).toISOString(),
    devices,
  }
})
