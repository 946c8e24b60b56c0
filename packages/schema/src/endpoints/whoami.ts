import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

export const whoami = endpoint({
  id: 'whoami.get',
  method: 'GET',
  path: '/whoami/v1',
  description: 'Tells a program its tenant and where the API is. The one call that needs no X-Tenant-ID.',
  access: 'signedIn',
  output: z.object({
    id: z.uuid(),
    idType: z.literal('tenant'),
    apiHosts: z.object({ global: z.string(), dataRegion: z.string() }),
  }),
  errors: [],
})
