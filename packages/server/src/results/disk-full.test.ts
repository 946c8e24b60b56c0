import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { afterAll, expect, test } from 'vitest'
import { makeSmallDisk } from '../../../devkit/src/small-disk.ts'
import { openResults } from './store.ts'

const disk = makeSmallDisk(3)
afterAll(() => disk?.[Symbol.dispose]())

const columns: BatchColumn[] = [{ name: 'text', type: 'text' }]

test.skipIf(!disk)(
  'on a full disk nothing is taken and nothing lost; with room again the same batches are stored once (needs root)',
  async () => {
    const results = openResults(join(disk!.folder, 'results'))
    const run = randomUUID()
    const device = { endpointId: randomUUID(), hostname: 'full' }
    const batch = (sequence: number) => ({
      ...device,
      sequence,
      bytes: 1,
      ...(sequence === 1 && { columns }),
      rows: Array.from({ length: 20 }, (_, n) => [`${sequence}.${n} ${'x'.repeat(1000)}`]),
    })
    expect((await results.append(run, batch(1))).outcome).toBe('stored')
    disk!.fill(100_000)
    let sequence = 2
    let stored = 1
    for (; sequence < 200; sequence++) {
      const error = await results.append(run, batch(sequence)).then(
        () => undefined,
        (error) => error,
      )
      if (error) {
        expect(error).toMatchObject({ code: 'disk_full' })
        break
      }
      stored = sequence
    }
    expect(stored).toBe(sequence - 1)
    expect(results.rows(run)).toBe(stored * 20)

    disk!.free()
    for (const again of [stored, stored + 1, stored + 2]) await results.append(run, batch(again))
    expect(results.rows(run)).toBe((stored + 2) * 20)
    const page = await results.page(run, { offset: 0, pageSize: 10_000, withTotal: false, mayLag: false })
    const texts = page.items.map((item) => String(item.text).split(' ')[0])
    expect(new Set(texts).size).toBe(texts.length)
    await results.close()
  },
)
