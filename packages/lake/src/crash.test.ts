import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { chaosTable } from './testing/chaos-batch.ts'
import { ask, duckDbLake, scratch } from './testing/lake-setting.ts'

const child = new URL('./testing/chaos-child.ts', import.meta.url).pathname
const devices = 5

/** Numbers between 0 and 1 from a seed. */
function random(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

/** Runs the child until it is killed, some acknowledgements after its first. Raises `acknowledged` by what it said. */
async function round(folder: string, acknowledged: number[], again: number, after: number) {
  // What was acknowledged comes again, as from a device that did not hear of it: long compacted, or just written.
  const firsts = acknowledged.map((sequence) => String(Math.max(1, sequence - again)))
  const lake = spawn(process.execPath, [child, folder, ...firsts], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void lake.kill('SIGKILL'))
  const ended = once(lake, 'close')
  let text = ''
  let said = 0
  lake.stdout.on('data', (data: Buffer) => {
    text += data
    said += data.filter((byte) => byte === 10).length
    if (said >= after) lake.kill('SIGKILL')
  })
  await ended
  expect(lake.signalCode).toBe('SIGKILL')
  for (const [, device, sequence] of text.matchAll(/^(\d+) (\d+)\n/gm))
    acknowledged[Number(device)] = Math.max(acknowledged[Number(device)] ?? 0, Number(sequence))
}

// Slow because each round is a process that loads DuckDB. `QUARRY_CHAOS_ROUNDS` and `QUARRY_CHAOS_SEED` make it longer, or another.
test('loses nothing that it acknowledged, and has nothing twice, however often it is killed', async () => {
  const rounds = Number(process.env.QUARRY_CHAOS_ROUNDS ?? 5)
  const next = random(Number(process.env.QUARRY_CHAOS_SEED ?? 7))
  const folder = scratch()
  const acknowledged = Array.from({ length: devices }, () => 0)
  for (let number = 0; number < rounds; number++)
    await round(folder, acknowledged, Math.floor(next() * 100), 300 + Math.floor(next() * 700))

  const lake = await duckDbLake(folder, [chaosTable])
  const counts = async () => {
    const rows = await ask(
      lake,
      `SELECT endpoint_id, count(*)::INT, count(DISTINCT (sequence, part))::INT, min(sequence)::INT, max(sequence)::INT
       FROM events GROUP BY 1 ORDER BY 1`,
    )
    return rows.map(([device, all, distinct, first, last]) => {
      expect(all, `${device} twice`).toBe(distinct)
      expect(all, `${device} lost`).toBe(((last as number) - (first as number) + 1) * 2)
      expect(first).toBe(1)
      return last as number
    })
  }
  // Kills came between compactions, not before the first one.
  expect((await lake.statistics()).days.length).toBeGreaterThan(0)
  const found = await counts()
  expect(found).toHaveLength(devices)
  for (const [device, last] of found.entries()) expect(last).toBeGreaterThanOrEqual(acknowledged[device] ?? 0)
  await lake.compact()
  expect(await counts()).toEqual(found)
  expect((await lake.statistics()).pending.rows).toBe(0)
  await lake.close()
}, 120_000)
