import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { FunctionSpec, TableSpec } from '../tables.ts'
import { MatchEndpoints } from './endpoints.ts'

export const listTables = endpoint({
  id: 'tables.list',
  method: 'GET',
  path: '/quarry/v1/tables',
  description:
    'Lists the tables and the SQL functions that the enrolled devices have; the editor completes from it.',
  access: 'queries:read',
  output: z.object({
    items: z.array(TableSpec.extend({ devices: z.int().describe('Enrolled devices that have the table.') })),
    functions: z.array(FunctionSpec),
  }),
  errors: [],
})

export const countTables = endpoint({
  id: 'tables.count',
  method: 'POST',
  path: '/quarry/v1/tables/count',
  description:
    'Counts, for each table, the devices that have it among those that a run with this `matchEndpoints` would be for. A table that is not listed, none of them has.',
  access: 'endpoints:read',
  body: z.strictObject({ matchEndpoints: MatchEndpoints }),
  output: z.object({
    devices: z
      .int()
      .describe('Matched devices that have told which tables they have; they do so when they connect.'),
    items: z.array(z.object({ name: z.string(), devices: z.int() })),
  }),
  errors: [],
})
