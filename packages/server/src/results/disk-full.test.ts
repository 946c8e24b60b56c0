import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BatchColumn } from '@quarry/schema/agent/query'
import { afterAll, expect, test } from 'vitest'
import { openResults } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-full-'))
const mounted = mountSmallDisk(folder)
afterAll(() => {
  if (mounted) execFileSync('/bin/umount', [folder])
  rmSync(folder, { recursive: true })
})

/** A real file system of 3 MB; only root may make one. */
function mountSmallDisk(path: string): boolean {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', path], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const columns: BatchColumn[] = [{ name: 'text', type: 'text' }]

test.skipIf(!mounted)(
  'on a full disk nothing is taken and nothing lost; with room again the same batches are stored once (needs root)',
  async () => {
    const results = openResults(join(folder, 'results'))
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
    const filler = join(folder, 'filler')
    fill(filler)
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

    rmSync(filler)
    for (const again of [stored, stored + 1, stored + 2]) await results.append(run, batch(again))
    expect(results.rows(run)).toBe((stored + 2) * 20)
    const page = await results.page(run, { offset: 0, pageSize: 10_000, withTotal: false, mayLag: false })
    const texts = page.items.map((item) => String(item.text).split(' ')[0])
    expect(new Set(texts).size).toBe(texts.length)
    await results.close()
  },
)

/** Fills the disk but for a little. */
function fill(path: string): void {
  for (let size = 2_800_000; size > 0; size -= 50_000) {
    try {
      writeFileSync(path, Buffer.alloc(size))
      return
    } catch {
      rmSync(path, { force: true })
    }
  }
}
