import { join } from 'node:path'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { getResults } from '@quarry/schema/endpoints/run-results'
import { createRun, getRun } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { makeSmallDisk } from '../../../devkit/src/small-disk.ts'
import { testEnd } from '../../../devkit/src/test-device.ts'
import { startTestServer } from '../../../devkit/src/test-server.ts'

const disk = makeSmallDisk(16)
const columns: BatchColumn[] = [{ name: 'text', type: 'text' }]
const batches = 60

test.skipIf(!disk)(
  'a server whose disk fills up acknowledges nothing that it cannot keep, and goes on when there is room (needs root)',
  async () => {
    using small = disk!
    await using server = await startTestServer(join(small.folder, 'server'))
    const device = await server.device('full')
    await device.link()
    const { id } = await server.call(createRun, {
      body: { adHocQuery: { name: 'x', template: 'SELECT 1' }, matchEndpoints: { all: true } },
    })
    small.fill(1_000_000)
    const acked = () =>
      Math.max(0, ...device.received.map((m) => (m.type === 'ack' && m.runId === id ? m.sequence : 0)))
    const sendRest = () => {
      for (let sequence = acked() + 1; sequence <= batches; sequence++) {
        const rows = Array.from({ length: 20 }, (_, n) => [`${sequence}.${n} ${'x'.repeat(2000)}`])
        const end = sequence === batches ? testEnd() : undefined
        device.send({ type: 'batch', runId: id, sequence, ...(sequence === 1 && { columns }), rows, end })
      }
    }
    sendRest()
    expect(await device.closed()).toBe(1013)
    const before = acked()
    expect(before).toBeLessThan(batches)

    small.free()
    await device.link()
    sendRest()
    await device.acked(id, batches)
    expect(await server.call(getRun, { params: { id } })).toMatchObject({
      status: 'finished',
      result: 'succeeded',
      resultCount: batches * 20,
    })
    const names = new Set<string>()
    for (let offset = 0; offset < batches * 20; offset += 1000) {
      const { items } = await server.call(getResults, { params: { id }, query: { offset, pageSize: 1000 } })
      for (const { text } of items) names.add(String(text).split(' ')[0]!)
    }
    expect(names.size).toBe(batches * 20)
  },
)
