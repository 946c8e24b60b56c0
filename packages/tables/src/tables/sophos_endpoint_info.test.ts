import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import sophosEndpointInfo from './sophos_endpoint_info.ts'

const identity = {
  endpointId: '7b0d1a52-3c4e-4f5a-9b6c-0d1e2f3a4b5c',
  tenantId: '11111111-2222-4333-8444-555555555555',
  agentVersion: '0.1.0',
}

test('shows the ids that the server gave', async () => {
  const fixture = await openFixture([sophosEndpointInfo], { identity })
  expect(fixture.all('SELECT * FROM sophos_endpoint_info')).toEqual([
    {
      endpoint_id: identity.endpointId,
      customer_id: identity.tenantId,
      hostname: 'web-01',
      agent_version: '0.1.0',
    },
  ])
  expect(fixture.lastWarnings).toEqual([])
})

test('says that a device is not enrolled', async () => {
  const fixture = await openFixture([sophosEndpointInfo])
  expect(fixture.all('SELECT endpoint_id, hostname FROM sophos_endpoint_info')).toEqual([
    { endpoint_id: null, hostname: 'web-01' },
  ])
  expect(fixture.lastWarnings[0]?.message).toBe('This device is not enrolled; it has no ids.')
})
