import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPrevalence } from '@quarry/schema/endpoints/prevalence'
import { createRun } from '@quarry/schema/endpoints/runs'
import { type TestDevice, testEnd } from '../packages/devkit/src/test-device.ts'
import { startTestServer, type TestServer } from '../packages/devkit/src/test-server.ts'
import { defineBench, median } from '../scripts/define-bench.ts'

const columns = [
  { name: 'sha256', type: 'text' as const },
  { name: 'path', type: 'text' as const },
  { name: 'remote_address', type: 'text' as const },
]
const perBatch = 2500
const devices = 20

/** A row whose values some ten devices share, as programs and their peers are shared in a fleet. */
function rowOf(device: number, index: number): string[] {
  const number = index * 2 + (device % 2)
  const hash = number.toString(16).padStart(64, 'c')
  return [
    hash,
    `/usr/lib/vendor/${number % 997}/program-${number}`,
    `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
  ]
}

async function send(device: TestDevice, ordinal: number, runId: string, rows: number): Promise<void> {
  const batches = Math.ceil(rows / perBatch)
  for (let sequence = 1; sequence <= batches; sequence++) {
    const from = (sequence - 1) * perBatch
    device.send({
      type: 'batch',
      runId,
      sequence,
      ...(sequence === 1 && { columns }),
      rows: Array.from({ length: Math.min(perBatch, rows - from) }, (_, index) =>
        rowOf(ordinal, from + index),
      ),
      ...(sequence === batches && { end: testEnd() }),
    })
    if (sequence % 4 === 0) await device.acked(runId, sequence)
  }
  await device.acked(runId, batches)
}

const find = (server: TestServer, values: string[]) =>
  server.call(findPrevalence, {
    body: { values: values.map((value) => ({ type: 'sha256' as const, value })) },
  })

export default defineBench({
  name: 'prevalence',
  description:
    'Stores a million rows of 20 devices, with a hash, a path and an address each, and asks of 1,000 hashes at a time on how many devices they were seen.',
  goals: { lookup1000Ms: { max: 100 } },

  async run({ quick, progress }) {
    const rows = quick ? 100_000 : 1_000_000
    await using server = await startTestServer()
    const linked = await Promise.all(
      Array.from({ length: devices }, async (_, index) => {
        const device = await server.device(`device-${index}`)
        await device.link()
        return device
      }),
    )
    const { id } = await server.call(createRun, {
      body: { adHocQuery: { name: 'x', template: 'SELECT 1' }, matchEndpoints: { all: true } },
    })
    const started = performance.now()
    await Promise.all(linked.map((device, index) => send(device, index, id, rows / devices)))
    const stored = performance.now()
    progress(`${rows} rows stored: ${(stored - started).toFixed(0)} ms`)
    // Each hash is on half of the devices: once the last is, all are counted.
    const last = rowOf(0, rows / devices - 1)[0]!
    while ((await find(server, [last])).items[0]!.devices < devices / 2) await sleep(100)
    const countedMs = performance.now() - stored
    progress(`counted after ${countedMs.toFixed(0)} ms more`)
    const times: number[] = []
    for (let repeat = 0; repeat < 11; repeat++) {
      const values = Array.from(
        { length: 1000 },
        (_, index) => rowOf(0, (repeat * 1000 + index) % (rows / devices))[0]!,
      )
      const asked = performance.now()
      const { items } = await find(server, values)
      times.push(performance.now() - asked)
      if (items.some((item) => item.devices !== devices / 2)) throw new Error('A count is wrong.')
    }
    const bytes = (name: string) => statSync(join(server.folder, name), { throwIfNoEntry: false })?.size ?? 0
    return {
      params: { rows, devices, columns: columns.length, valuesACall: 1000 },
      figures: {
        storedMs: stored - started,
        countedMs,
        lookup1000Ms: median(times),
        indexBytesPerRow: (bytes('prevalence.sqlite') + bytes('prevalence.sqlite-wal')) / rows,
      },
    }
  },
})
