import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { FunctionSpec, TableSpec } from '../tables.ts'

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
