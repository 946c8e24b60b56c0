import type { Recording } from '@quarry/schema/agent/recording'
import { getRecording } from '@quarry/schema/endpoints/endpoints'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../../devkit/src/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const recording = (events: number): Recording => ({
  state: 'recording',
  sensors: [{ layer: 'process', source: 'bpf', limits: [], reasons: [], lost: 0 }],
  journals: [
    {
      subject: 'Process',
      table: 'sophos_process_journal',
      firstTime: 1_790_000_000,
      lastTime: 1_790_003_600,
      events,
      bytes: 1024,
      lostEvents: 2,
    },
  ],
})

test('a device tells how it records, and the last word is kept', async () => {
  const device = await server.device('web-1')
  const ask = () => server.call(getRecording, { params: { id: device.endpointId } })
  expect(await ask()).toEqual({})
  await device.link()
  device.send({ type: 'recording', recording: recording(10) })
  device.send({ type: 'recording', recording: recording(11) })
  await vi.waitFor(async () => expect((await ask()).recording).toEqual(recording(11)), 10_000)
  expect(Math.abs(Date.parse((await ask()).reportedAt!) - Date.now())).toBeLessThan(60_000)
})

test('a device that is not known has no recording', async () => {
  const params = { id: '00000000-0000-4000-8000-000000000000' }
  await expect(server.call(getRecording, { params })).rejects.toMatchObject({ code: 'endpoint_not_found' })
})
