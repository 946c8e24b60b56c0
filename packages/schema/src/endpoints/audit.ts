import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Id, KeyPages, keyPaging, Time } from '../values.ts'

export const AuditEntry = z.object({
  id: z.int(),
  at: Time,
  principal: z.object({
    id: Id.optional(),
    type: z.enum(['user', 'service', 'system', 'nobody']),
    name: z.string(),
  }),
  action: z.string().describe('Id of the API call, or a name such as `session.failed`.'),
  target: z.string().optional().describe('Id of what it was done to.'),
  detail: z.record(z.string(), z.unknown()),
  address: z.string().optional(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const listAudit = endpoint({
  id: 'audit.list',
  method: 'GET',
  path: '/quarry/v1/audit',
  description: 'Lists what people and programs did, the latest first.',
  access: 'audit:read',
  query: z.object({ ...keyPaging(50, 500), action: z.string().max(100).optional() }),
  output: z.object({ items: z.array(AuditEntry), pages: KeyPages }),
  errors: ['bad_request'],
})
