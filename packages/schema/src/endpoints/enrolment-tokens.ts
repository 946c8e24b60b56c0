import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Id, IdParam, Time } from '../values.ts'

export const EnrolmentToken = z.object({
  id: Id,
  name: z.string(),
  uses: z.int(),
  maxUses: z.int(),
  expiresAt: Time,
  revokedAt: Time.optional(),
  createdAt: Time,
})
export type EnrolmentToken = z.infer<typeof EnrolmentToken>

const path = '/quarry/v1/enrolment-tokens'

export const listEnrolmentTokens = endpoint({
  id: 'enrolmentTokens.list',
  method: 'GET',
  path,
  description: 'Lists the enrolment tokens, without their secrets.',
  access: 'enrolment:manage',
  output: z.object({ items: z.array(EnrolmentToken) }),
  errors: [],
})

export const createEnrolmentToken = endpoint({
  id: 'enrolmentTokens.create',
  method: 'POST',
  path,
  description: 'Makes an enrolment token and answers, this once, with its secret.',
  access: 'enrolment:manage',
  body: z.strictObject({
    name: z.string().trim().min(1).max(120),
    maxUses: z.int().min(1).max(100_000).default(1),
    expiresInSeconds: z.int().min(60).max(31_536_000).default(86_400),
  }),
  output: z.object({ token: EnrolmentToken, secret: z.string() }),
  status: 201,
  errors: [],
})

export const revokeEnrolmentToken = endpoint({
  id: 'enrolmentTokens.revoke',
  method: 'DELETE',
  path: `${path}/{id}`,
  description: 'Revokes an enrolment token; devices that used it stay.',
  access: 'enrolment:manage',
  params: IdParam,
  output: z.undefined(),
  status: 204,
  errors: ['enrolment_token_not_found'],
})
