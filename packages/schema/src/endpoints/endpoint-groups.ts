import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Id, IdParam, Time } from '../values.ts'

export const EndpointGroup = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  endpointCount: z.int(),
  createdAt: Time,
})
export type EndpointGroup = z.infer<typeof EndpointGroup>
const GroupInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  description: z.string().max(400).default(''),
})
const groups = '/endpoint/v1/endpoint-groups'

export const listGroups = endpoint({
  id: 'endpointGroups.list',
  method: 'GET',
  path: groups,
  description: 'Lists the groups of devices.',
  access: 'endpoints:read',
  output: z.object({ items: z.array(EndpointGroup) }),
  errors: [],
})

export const createGroup = endpoint({
  id: 'endpointGroups.create',
  method: 'POST',
  path: groups,
  description: 'Makes a group of devices.',
  access: 'endpoints:manage',
  body: GroupInput,
  output: EndpointGroup,
  status: 201,
  errors: ['name_taken'],
})

export const deleteGroup = endpoint({
  id: 'endpointGroups.delete',
  method: 'DELETE',
  path: `${groups}/{id}`,
  description: 'Removes a group; its devices stay, without a group.',
  access: 'endpoints:manage',
  params: IdParam,
  output: z.undefined(),
  status: 204,
  errors: ['group_not_found'],
})

export const addToGroup = endpoint({
  id: 'endpointGroups.addEndpoints',
  method: 'POST',
  path: `${groups}/{id}/endpoints`,
  description: 'Moves devices into a group.',
  access: 'endpoints:manage',
  params: IdParam,
  body: z.strictObject({ ids: z.array(Id).min(1).max(1000) }),
  output: z.object({ addedEndpoints: z.array(z.object({ id: Id })) }),
  errors: ['group_not_found', 'endpoint_not_found'],
})

export const removeFromGroup = endpoint({
  id: 'endpointGroups.removeEndpoint',
  method: 'DELETE',
  path: `${groups}/{id}/endpoints/{endpointId}`,
  description: 'Takes a device out of a group.',
  access: 'endpoints:manage',
  params: z.object({ id: Id, endpointId: Id }),
  output: z.object({ removed: z.boolean() }),
  errors: ['group_not_found', 'endpoint_not_found'],
})
