import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openJournalReader, openJournalWriter } from './store.ts'
import { randomEvents, START } from './testing/random-events.ts'
import type { KeptValue } from './types.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-open-index-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('asked again and again for one value of any column, the open period answers as it did the first time', async () => {
  const events = await randomEvents(1500, 11)
  const writer = openJournalWriter(folder, { now: () => START + 86_400_000 })
  const reader = openJournalReader(folder)
  let found = 0
  const ask = (until: number) => {
    for (const subject of ['Process', 'File', 'Ip']) {
      const mine = events.slice(0, until).filter(({ journal }) => journal.subject === subject)
      for (const [name, { kept, index }] of Object.entries(mine[0]!.journal.columns)) {
        if (!kept || !(index || kept === 'integer')) continue
        const values = new Set<KeptValue>(mine.map(({ row }) => row[name] ?? null))
        for (const value of [...values].slice(0, 20)) {
          const sequences = mine.flatMap(({ row }, at) => ((row[name] ?? null) === value ? [at + 1] : []))
          const rows = reader.scan(subject, { columns: [], equals: { [name]: [value] } })
          expect(
            [...rows].map(({ sequence }) => sequence),
            `${subject}.${name} ${value}`,
          ).toEqual(sequences)
          found += sequences.length
        }
      }
    }
  }
  for (const [from, until] of [[0, 1000] as const, [1000, 1500] as const]) {
    for (const { journal, time, row } of events.slice(from, until)) writer.append(journal, time, row)
    writer.flush()
    ask(until)
  }
  expect(found).toBeGreaterThan(4000)
  writer.close()
})
