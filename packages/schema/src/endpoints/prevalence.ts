import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import type { PivotType } from '../pivots.ts'
import { Time } from '../values.ts'

/** The kinds of values that are counted. */
export const countedTypes = [
  'sha256',
  'sha1',
  'md5',
  'filePath',
  'ipAddress',
  'domain',
  'processName',
] as const satisfies PivotType[]

const CountedType = z.enum(countedTypes)
export type CountedType = z.infer<typeof CountedType>

/** On how many devices a value was seen, as far as results tell. */
export const Prevalence = z.object({
  type: CountedType,
  value: z.string(),
  devices: z.int(),
  firstSeen: Time.optional(),
  lastSeen: Time.optional(),
})
export type Prevalence = z.infer<typeof Prevalence>

export const findPrevalence = endpoint({
  id: 'prevalence.find',
  method: 'POST',
  path: '/quarry/v1/prevalence',
  description:
    'Tells for each value on how many devices it was seen, first and last, by the results of all runs; up to 1,000 values in one call.',
  access: 'runs:read',
  body: z.strictObject({
    values: z.array(z.strictObject({ type: CountedType, value: z.string().max(50_000) })).max(1000),
  }),
  output: z.object({
    items: z.array(Prevalence),
    devices: z.int().describe('Devices that are enrolled.'),
  }),
  errors: [],
})
