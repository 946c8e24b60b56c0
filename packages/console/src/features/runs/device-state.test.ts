import type { RunEndpoint } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { deviceState } from './device-state.ts'

const device = (part: Partial<RunEndpoint>) =>
  ({
    status: 'finished',
    result: 'succeeded',
    online: true,
    resultCount: 0,
    warnings: [],
    ...part,
  }) as RunEndpoint

test.each([
  [{ status: 'pending', result: 'notAvailable' }, 'next', 'quiet'],
  [{ status: 'pending', result: 'notAvailable', online: false }, 'offline, waiting', 'quiet'],
  [{ status: 'started', result: 'notAvailable' }, 'running', 'busy'],
  [{ status: 'started', result: 'notAvailable', online: false }, 'running, connection lost', 'busy'],
  [{ resultCount: 3 }, 'answered', 'good'],
  [{}, 'answered, no row', 'good'],
  [{ result: 'failed', error: { code: 'sql', message: 'no such table: x' } }, 'failed', 'bad'],
  [
    { result: 'failed', resultCount: 2, error: { code: 'crashed', message: '' } },
    'failed, some rows kept',
    'bad',
  ],
  [{ result: 'timedOut', resultCount: 2 }, 'timed out, some rows kept', 'fair'],
  [{ result: 'canceled' }, 'canceled', 'quiet'],
] as const)('%j is %s', (part, word, tone) => {
  expect(deviceState(device(part as Partial<RunEndpoint>))).toEqual({ word, tone })
})
