import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { openJournalReader, openJournalWriter } from './store.ts'
import { numbersOf } from './testing/random-events.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-chaos-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const kills = Number(process.env.QUARRY_CHAOS_KILLS ?? 6)
const seed = Number(process.env.QUARRY_CHAOS_SEED ?? 1)
const child = new URL('./testing/chaos-child.ts', import.meta.url).pathname

/** Starts a writer and kills it at a random moment after its first flush. Returns the last number that it said to be on disk. */
async function writeAndKill(first: number, milliseconds: number): Promise<number> {
  const writer = spawn(process.execPath, [child, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let last = first - 1
  let begun: (() => void) | undefined
  const started = new Promise<void>((resolve) => (begun = resolve))
  createInterface(writer.stdout).on('line', (line) => {
    last = Number(line)
    begun!()
  })
  await started
  setTimeout(() => writer.kill('SIGKILL'), milliseconds)
  await once(writer, 'close')
  return last
}

/** Every number that a reader finds, in order, and the positions. */
function read(): { numbers: number[]; positions: string[] } {
  const reader = openJournalReader(folder)
  const names = [...reader.scan('Dns', { columns: ['name'] })]
  const paths = [...reader.scan('Process', { columns: ['uid'] })]
  const numbers = [
    ...names.map(({ row }) => Number(String(row.name).slice(1))),
    ...paths.map(({ row }) => Number(row.uid)),
  ]
  const positions = [
    ...names.map(({ sequence }) => `Dns ${sequence}`),
    ...paths.map(({ sequence }) => `Process ${sequence}`),
  ]
  return { numbers: numbers.sort((a, b) => a - b), positions }
}

test(
  `${kills} kills at random moments (seed ${seed}) lose nothing that was flushed, and double nothing`,
  async () => {
    const below = numbersOf(seed)
    let next = 0
    for (let kill = 0; kill < kills; kill++) {
      const flushed = await writeAndKill(next, below(500))
      const { numbers, positions } = read()
      // Something may have been flushed just before the kill and not been said any more.
      expect(numbers.length).toBeGreaterThanOrEqual(flushed + 1)
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index))
      expect(new Set(positions).size).toBe(positions.length)
      next = numbers.length
    }
    const writer = openJournalWriter(folder, { period: { events: 120 } })
    while (writer.maintain());
    writer.close()
    expect(read().numbers).toHaveLength(next)
    expect(readdirSync(folder).filter((name) => /\.tmp$|damaged/.test(name))).toEqual([])
    expect(openJournalReader(folder).losses()).toEqual([])
  },
  60_000 + kills * 10_000,
)
