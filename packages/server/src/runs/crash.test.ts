import type { BatchColumn } from '@quarry/schema/agent/query'
import { createEnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import { createRun, getRun } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { readRows, startQuarry } from '../../../devkit/src/index.ts'
import { enrolTestDevice, testEnd } from '../../../devkit/src/test-device.ts'

const columns: BatchColumn[] = [
  { name: 'sequence', type: 'integer' },
  { name: 'n', type: 'integer' },
]
const batches = 60
const rowsOf = (sequence: number) => Array.from({ length: 20 }, (_, n) => [sequence, n])

test('a server that is killed again and again between store and acknowledgement loses and doubles nothing', async () => {
  await using quarry = await startQuarry({ agents: 0 })
  const { secret } = await quarry.call(createEnrolmentToken, { body: { name: 'crash' } })
  const device = await enrolTestDevice(quarry.url, secret, 'crash')
  await device.link()
  const { id } = await quarry.call(createRun, {
    body: { adHocQuery: { name: 'x', template: 'SELECT 1' }, matchEndpoints: { all: true } },
  })
  await device.query(id)

  const acked = () =>
    Math.max(0, ...device.received.map((m) => (m.type === 'ack' && m.runId === id ? m.sequence : 0)))
  let kills = 0
  while (acked() < batches) {
    for (let sequence = acked() + 1; sequence <= batches; sequence++) {
      const end = sequence === batches ? testEnd() : undefined
      const first = sequence === 1 ? { columns } : {}
      device.send({ type: 'batch', runId: id, sequence, ...first, rows: rowsOf(sequence), end })
    }
    if (kills >= 5) {
      await device.acked(id, batches)
      break
    }
    // Some acknowledgements have come, some rows are stored and not acknowledged, some are on the way.
    await device.acked(id, Math.min(batches, acked() + 1))
    await quarry.server.stop('SIGKILL')
    kills++
    await quarry.restartServer()
    await device.link()
  }

  expect(kills).toBeGreaterThan(0)
  const run = await quarry.call(getRun, { params: { id } })
  expect(run).toMatchObject({ status: 'finished', result: 'succeeded', resultCount: batches * 20 })
  const rows = (await readRows(quarry.call, id)).map(({ sequence, n }) => [sequence, n])
  expect(rows).toEqual(Array.from({ length: batches }, (_, index) => rowsOf(index + 1)).flat())
})
