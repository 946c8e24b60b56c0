import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { PivotType } from '../pivots.ts'
import { Fields, Id, IdParam, OffsetPages, offsetPaging, SourceType, Time } from '../values.ts'

/** A link that opens a tab: `$$ipAddress$$` in its address stands for the value. */
export const EnrichmentPivot = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  url: z.string(),
  type: PivotType,
  sourceType: SourceType,
  createdAt: Time.optional(),
  updatedAt: Time.optional(),
})
export type EnrichmentPivot = z.infer<typeof EnrichmentPivot>

const written = {
  name: z.string().trim().min(1).max(60),
  description: z.string().trim().max(400),
  url: z.string().min(8).max(2000),
  type: PivotType,
}
const path = '/live-discover/v1/enrichment-pivots'

export const listEnrichmentPivots = endpoint({
  id: 'enrichmentPivots.list',
  method: 'GET',
  path,
  description: 'Lists the links that a value can be taken to.',
  access: 'queries:read',
  query: Fields.extend({ ...offsetPaging(50), type: PivotType.optional() }),
  output: z.object({ items: z.array(EnrichmentPivot), pages: OffsetPages }),
  errors: [],
})

export const getEnrichmentPivot = endpoint({
  id: 'enrichmentPivots.get',
  method: 'GET',
  path: `${path}/{id}`,
  description: 'Answers with one link.',
  access: 'queries:read',
  params: IdParam,
  query: Fields,
  output: EnrichmentPivot,
  errors: ['enrichment_pivot_not_found'],
})

export const createEnrichmentPivot = endpoint({
  id: 'enrichmentPivots.create',
  method: 'POST',
  path,
  description: 'Adds a link. The value may stand anywhere behind the host, and is percent-encoded.',
  access: 'connectors:manage',
  body: z.strictObject({ ...written, description: written.description.default('') }),
  output: EnrichmentPivot,
  status: 201,
  errors: ['bad_connector', 'name_taken'],
})

export const updateEnrichmentPivot = endpoint({
  id: 'enrichmentPivots.update',
  method: 'PATCH',
  path: `${path}/{id}`,
  description: 'Changes a link of one’s own.',
  access: 'connectors:manage',
  params: IdParam,
  body: z.strictObject(written).partial(),
  output: EnrichmentPivot,
  errors: ['enrichment_pivot_not_found', 'canned_connector', 'bad_connector', 'name_taken'],
})

export const deleteEnrichmentPivot = endpoint({
  id: 'enrichmentPivots.delete',
  method: 'DELETE',
  path: `${path}/{id}`,
  description: 'Removes a link of one’s own.',
  access: 'connectors:manage',
  params: IdParam,
  output: z.undefined(),
  status: 204,
  errors: ['enrichment_pivot_not_found', 'canned_connector'],
})
