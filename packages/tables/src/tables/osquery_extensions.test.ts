import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './osquery_extensions.ts'

const fixture = await openFixture([table], {
  identity: { endpointId: 'e', tenantId: 't', agentVersion: '0.1.0' },
})
afterAll(() => fixture.close())

test('shows the agent itself', () => {
  expect(fixture.all('SELECT * FROM osquery_extensions')).toEqual([
    { uuid: 0, name: 'core', version: '0.1.0', sdk_version: '', path: '', type: 'core' },
  ])
})
