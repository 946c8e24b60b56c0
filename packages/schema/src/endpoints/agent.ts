import { z } from 'zod'
import { Facts } from '../agent/facts.ts'
import { endpoint } from '../endpoint.ts'
import { Id } from '../values.ts'

export const enrol = endpoint({
  id: 'agent.enrol',
  method: 'POST',
  path: '/agent/v1/enrol',
  description:
    'Enrols a device: an enrolment token buys a device id for an Ed25519 public key whose private half stays on the device. The same key again answers with the same id.',
  access: 'public',
  body: z.strictObject({
    token: z.string().max(200),
    publicKey: z.string().max(200).describe('SPKI DER in base64.'),
    facts: Facts,
  }),
  output: z.object({ endpointId: Id, tenantId: Id }),
  status: 201,
  errors: ['bad_enrolment_token', 'too_many_requests'],
})
