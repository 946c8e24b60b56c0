import { defaultLimits } from '@quarry/schema/agent/query-codes'
import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './osquery_flags.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows settings, and whether queries may use the network', async () => {
  expect(fixture.all("SELECT * FROM osquery_flags WHERE name = 'allow_network_tables'")).toEqual([
    {
      name: 'allow_network_tables',
      type: 'bool',
      description: 'Lets curl, curl_certificate and prometheus_metrics reach out of the device.',
      default_value: 'false',
      value: 'false',
      shell_only: 0,
    },
  ])
  const open = await openFixture([table], { network: true })
  expect(open.all("SELECT value FROM osquery_flags WHERE name LIKE '%network%'")).toEqual([{ value: 'true' }])
  open.close()
})

test('shows the limits of a query', () => {
  expect(fixture.all("SELECT value FROM osquery_flags WHERE name = 'limit_result_rows'")).toEqual([
    { value: String(defaultLimits.resultRows) },
  ])
})
