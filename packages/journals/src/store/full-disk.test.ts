import { statfsSync } from 'node:fs'
import dns from '@quarry/schema/journals/sophos_dns_journal'
import { expect, test } from 'vitest'
import { makeSmallDisk } from '../../../devkit/src/small-disk.ts'
import { openJournalReader, openJournalWriter } from './store.ts'

const disk = makeSmallDisk(16)

test.skipIf(disk === undefined)(
  'a full disk stops the recording, counts what is lost, and lets it go on',
  async () => {
    using small = disk!
    const folder = `${small.folder}/journals`
    const writer = openJournalWriter(folder, { share: 1 })
    let number = 0
    const append = (count: number) => {
      for (const end = number + count; number < end; number++)
        writer.append(dns, Date.now(), { name: `name${number}` })
    }
    append(500)
    writer.flush()
    expect(writer.stopped).toBeUndefined()
    small.fill(0)
    append(45_000)
    writer.flush()
    expect(writer.stopped).toMatch(/^The disk is full/)
    const { bavail, bsize } = statfsSync(small.folder)
    small.free()
    await expect
      .poll(
        () => {
          writer.maintain()
          return writer.stopped
        },
        { timeout: 20_000 },
      )
      .toBeUndefined()
    append(10)
    writer.flush()
    const reader = openJournalReader(folder)
    const kept = [...reader.scan('Dns', { columns: [] })].length
    const lost = reader.losses().reduce((sum, { events }) => sum + events, 0)
    expect(reader.losses()).toMatchObject([{ subject: 'Dns', reason: 'disk_full' }])
    expect(kept + lost).toBe(number)
    expect(kept).toBeGreaterThan(10_000)
    expect(reader.states()).toMatchObject([{ lostEvents: lost }])
    expect(bavail * bsize).toBeLessThan(400_000)
    writer.close()
  },
)

test.skipIf(disk === undefined)('so much of a disk is left to the host, whatever is recorded', () => {
  using small = makeSmallDisk(16)!
  const folder = `${small.folder}/journals`
  const writer = openJournalWriter(folder, { share: 1 })
  const free = () => {
    const { bavail, bsize } = statfsSync(small.folder)
    return bavail * bsize
  }
  const { blocks, bsize } = statfsSync(small.folder)
  const floor = 0.02 * blocks * bsize
  let least = free()
  for (let number = 0; number < 120_000 && writer.stopped === undefined; number++) {
    writer.append(dns, Date.now(), { name: `a-rather-long-name-of-a-host-${number}.example.com` })
    if (number % 100 === 0) least = Math.min(least, free())
  }
  expect(writer.stopped).toMatch(/^The disk is full/)
  expect(least).toBeGreaterThan(floor)
  writer.close()
  expect(free()).toBeGreaterThan(floor)
})
