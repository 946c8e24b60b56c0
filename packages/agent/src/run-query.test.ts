import { join } from 'node:path'
import type { Batch } from '@quarry/schema/agent/messages'
import { defaultLimits } from '@quarry/schema/agent/query'
import { openSandboxes } from '@quarry/tables/sandbox'
import { expect, onTestFinished, test } from 'vitest'
import { openDelivery } from './delivery.ts'
import { openLog } from './log.ts'
import { openOutbox } from './outbox/outbox.ts'
import { runQuery } from './run-query.ts'
import { tempFolder } from './testing/temp-folder.ts'

const runId = '7a0d3cf4-95a4-4c3c-8d2f-0e5f0b8b6a01'

test('a full disk ends the query as failed; what was stored, and the end, still reach the server', async () => {
  const folder = tempFolder()
  const engine = openSandboxes({ host: { dataDirs: [], cacheDir: folder }, spare: 0 })
  onTestFinished(() => engine.close())
  const outbox = openOutbox(join(folder, 'outbox.db'), { maxBytes: 100 << 20, fileBytes: 1 << 20 })
  const delivery = openDelivery(outbox, openLog('silent'))
  outbox.begin(runId)
  const sql = `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5000)
    SELECT n, hex(zeroblob(500)) AS filler FROM c`
  const never = new AbortController().signal
  const request = { sql, readable: [], limits: defaultLimits }
  const end = await runQuery({ engine, outbox, delivery }, runId, request, never, never)
  expect(end).toMatchObject({
    status: 'failed',
    error: { code: 'disk_full', message: expect.stringContaining('The disk of the device is full') },
  })
  expect(outbox.find(runId)).toMatchObject({ ended: true })

  const batches: Batch[] = []
  delivery.connect((frame) => void batches.push(JSON.parse(frame)))
  for (let last = 0; last < batches.length; ) {
    last = batches.length
    delivery.acknowledged(runId, batches.at(-1)!.sequence)
  }
  expect(batches.map(({ sequence }) => sequence)).toEqual(batches.map((_, index) => index + 1))
  expect(batches.at(-1)?.end).toEqual(end)
  const numbers = batches.flatMap(({ rows }) => rows.map(([n]) => n))
  expect(numbers.length).toBeGreaterThan(100)
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, i) => i + 1))
  expect(outbox.waiting()).toEqual([])
})
