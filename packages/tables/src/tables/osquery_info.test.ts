import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import osqueryInfo from './osquery_info.ts'

test('shows the agent', async () => {
  const identity = {
    endpointId: '7b0d1a52-3c4e-4f5a-9b6c-0d1e2f3a4b5c',
    tenantId: '11111111-2222-4333-8444-555555555555',
    agentVersion: '0.1.0',
    pid: 4711,
    startTime: 1795461300,
  }
  const fixture = await openFixture([osqueryInfo], { identity })
  expect(fixture.all('SELECT * FROM osquery_info')).toEqual([
    {
      pid: 4711,
      uuid: identity.endpointId,
      instance_id: '4711-1795461300',
      version: '0.1.0',
      config_hash: '',
      config_valid: 1,
      extensions: 'inactive',
      build_platform: 'linux',
      build_distro: '',
      start_time: 1795461300,
      watcher: -1,
      platform_mask: 9,
    },
  ])
})

test('knows no ids without an agent', async () => {
  const fixture = await openFixture([osqueryInfo])
  expect(fixture.all('SELECT pid, uuid, version FROM osquery_info')).toEqual([
    { pid: null, uuid: null, version: null },
  ])
})
