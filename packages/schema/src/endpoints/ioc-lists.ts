import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { PivotType } from '../pivots.ts'
import { Id, IdParam, KeyPages, keyPaging, Time } from '../values.ts'
import { Principal } from './queries.ts'

/** A named set of typed values, for any variable of their kinds. */
export const IocList = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  counts: z.partialRecord(PivotType, z.int()).describe('Number of values by their kind.'),
  createdAt: Time,
  createdBy: Principal,
  updatedAt: Time,
})
export type IocList = z.infer<typeof IocList>

/** Values that are added: a text to read them from, or single ones. */
const Added = {
  text: z
    .string()
    .max(1_000_000)
    .optional()
    .describe('One in a line, CSV, a bundle of STIX 2.1, or an event of MISP.'),
  format: z
    .enum(['lines', 'csv', 'stix', 'misp'])
    .optional()
    .describe('Without it, what the text looks like.'),
  type: PivotType.optional().describe('What the values are; without it, what each looks like.'),
  values: z
    .array(z.strictObject({ type: PivotType, value: z.string().max(4096) }))
    .max(10_000)
    .optional(),
}

/** What became of values that were to be added. */
export const IocsAdded = z.object({
  list: IocList,
  added: z.int(),
  duplicates: z.int().describe('Given twice, or in the list before.'),
  invalid: z
    .array(z.object({ place: z.string(), text: z.string(), problem: z.string() }))
    .describe('What could not be read, the first 1,000.'),
  invalidCount: z.int(),
})
export type IocsAdded = z.infer<typeof IocsAdded>

const Name = z.string().trim().min(1).max(120)
const path = '/quarry/v1/ioc-lists'

export const listIocLists = endpoint({
  id: 'iocLists.list',
  method: 'GET',
  path,
  description: 'Lists the IOC lists by name.',
  access: 'queries:read',
  query: z.object({ type: PivotType.optional().describe('Those that hold values of this kind.') }),
  output: z.object({ items: z.array(IocList) }),
  errors: [],
})

export const getIocList = endpoint({
  id: 'iocLists.get',
  method: 'GET',
  path: `${path}/{id}`,
  description: 'Answers with one IOC list.',
  access: 'queries:read',
  params: IdParam,
  output: IocList,
  errors: ['ioc_list_not_found'],
})

export const listIocValues = endpoint({
  id: 'iocLists.values',
  method: 'GET',
  path: `${path}/{id}/values`,
  description: 'Lists the values of an IOC list, by kind and value.',
  access: 'queries:read',
  params: IdParam,
  query: z.object({
    ...keyPaging(200, 10_000),
    type: PivotType.optional(),
    search: z.string().max(200).optional().describe('Text that the value contains, regardless of case.'),
  }),
  output: z.object({
    items: z.array(z.object({ type: PivotType, value: z.string(), addedAt: Time })),
    pages: KeyPages,
  }),
  errors: ['ioc_list_not_found', 'bad_request'],
})

export const createIocList = endpoint({
  id: 'iocLists.create',
  method: 'POST',
  path,
  description: 'Makes an IOC list, with values or empty.',
  access: 'ioc-lists:write',
  body: z.strictObject({ name: Name, description: z.string().max(4000).default(''), ...Added }),
  output: IocsAdded,
  status: 201,
  errors: ['name_taken', 'bad_indicators'],
})

export const updateIocList = endpoint({
  id: 'iocLists.update',
  method: 'PATCH',
  path: `${path}/{id}`,
  description: 'Renames or describes an IOC list.',
  access: 'ioc-lists:write',
  params: IdParam,
  body: z.strictObject({ name: Name.optional(), description: z.string().max(4000).optional() }),
  output: IocList,
  errors: ['ioc_list_not_found', 'name_taken'],
})

export const addIocValues = endpoint({
  id: 'iocLists.addValues',
  method: 'POST',
  path: `${path}/{id}/values`,
  description:
    'Adds values to an IOC list. Defanged ones are mended, double ones left out, unreadable ones named.',
  access: 'ioc-lists:write',
  params: IdParam,
  body: z.strictObject(Added),
  output: IocsAdded,
  errors: ['ioc_list_not_found', 'bad_indicators'],
})

export const removeIocValues = endpoint({
  id: 'iocLists.removeValues',
  method: 'POST',
  path: `${path}/{id}/values/remove`,
  description: 'Takes values out of an IOC list.',
  access: 'ioc-lists:write',
  params: IdParam,
  body: z.strictObject({
    values: z
      .array(z.strictObject({ type: PivotType, value: z.string().max(4096) }))
      .min(1)
      .max(1000),
  }),
  output: IocList,
  errors: ['ioc_list_not_found'],
})

export const deleteIocList = endpoint({
  id: 'iocLists.delete',
  method: 'DELETE',
  path: `${path}/{id}`,
  description: 'Deletes an IOC list; runs that used it keep their values.',
  access: 'ioc-lists:write',
  params: IdParam,
  output: z.undefined(),
  status: 204,
  errors: ['ioc_list_not_found'],
})
