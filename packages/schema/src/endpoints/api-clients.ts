import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Role } from '../permissions.ts'
import { Id, IdParam, Time } from '../values.ts'

export const ApiClient = z.object({
  id: Id,
  name: z.string(),
  clientId: z.string(),
  role: Role,
  createdAt: Time,
  lastUsedAt: Time.optional(),
})
export type ApiClient = z.infer<typeof ApiClient>

const path = '/quarry/v1/api-clients'

export const listApiClients = endpoint({
  id: 'apiClients.list',
  method: 'GET',
  path,
  description: 'Lists the API clients.',
  access: 'api-clients:manage',
  output: z.object({ items: z.array(ApiClient) }),
  errors: [],
})

export const createApiClient = endpoint({
  id: 'apiClients.create',
  method: 'POST',
  path,
  description: 'Makes an API client and answers, this once, with its secret.',
  access: 'api-clients:manage',
  body: z.strictObject({ name: z.string().trim().min(1).max(120), role: Role }),
  output: z.object({ client: ApiClient, clientSecret: z.string() }),
  status: 201,
  errors: ['name_taken'],
})

export const deleteApiClient = endpoint({
  id: 'apiClients.delete',
  method: 'DELETE',
  path: `${path}/{id}`,
  description: 'Removes an API client; its tokens end at once.',
  access: 'api-clients:manage',
  params: IdParam,
  output: z.undefined(),
  status: 204,
  errors: ['api_client_not_found'],
})
