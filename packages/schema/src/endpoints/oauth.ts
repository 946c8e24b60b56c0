import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

export const createToken = endpoint({
  id: 'oauth.token',
  method: 'POST',
  path: '/api/v2/oauth2/token',
  description: 'Signs a program in with its client credentials.',
  access: 'public',
  bodyType: 'form',
  body: z.object({
    grant_type: z.literal('client_credentials'),
    client_id: z.string().max(200),
    client_secret: z.string().max(500),
    scope: z.string().max(100).default('token'),
  }),
  output: z.object({
    access_token: z.string(),
    token_type: z.literal('bearer'),
    expires_in: z.int().describe('Seconds.'),
    refresh_token: z.string(),
    errorCode: z.literal('success'),
    message: z.literal('OK'),
    trackingId: z.uuid(),
  }),
  errors: ['bad_credentials', 'too_many_requests'],
})
