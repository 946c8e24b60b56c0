import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dns from '@quarry/schema/journals/sophos_dns_journal'
import Database from 'better-sqlite3'
import { afterEach, expect, test, vi } from 'vitest'
import { openJournalReader, openJournalWriter } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-set-aside-'))
const at = Date.now()
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

test('a period that can never be packed is set aside after three attempts, named and counted, and the next ones are packed', () => {
  const logged: string[] = []
  const options = { period: { events: 10 }, log: (message: string) => logged.push(message) }
  const append = (from: number, writer: ReturnType<typeof openJournalWriter>) => {
    for (let index = from; index < from + 10; index++)
      writer.append(dns, at + index, { name: `name${index}` })
    writer.flush()
  }
  const first = openJournalWriter(folder, options)
  append(0, first)
  first.close()
  const db = new Database(join(folder, 'open-1.db'))
  db.exec("UPDATE events SET data = '{' WHERE sequence = 5")
  db.close()

  // The pause between two attempts is 30 seconds.
  vi.useFakeTimers({ toFake: ['performance'] })
  const writer = openJournalWriter(folder, options)
  const attempts: string[][] = []
  for (let attempt = 0; attempt < 3; attempt++) {
    while (writer.maintain());
    // It does not try again and again meanwhile.
    expect([writer.maintain(), writer.maintain()]).toEqual([false, false])
    attempts.push(readdirSync(folder).filter((name) => name.includes('open-1.db')))
    vi.advanceTimersByTime(31_000)
  }
  expect(attempts.map((names) => names.includes('open-1.db'))).toEqual([true, true, false])
  expect(attempts[2]).toContain('open-1.db.damaged')
  expect(logged.at(-1)).toMatch(/^The file open-1\.db .* 10 events are left out\.$/)
  expect(openJournalReader(folder).losses()).toEqual([
    { subject: 'Dns', firstTime: at, lastTime: at + 9, events: 10, reason: 'torn_block' },
  ])

  append(10, writer)
  while (writer.maintain());
  expect(readdirSync(folder)).toContain('2.events')
  const kept = [...openJournalReader(folder).scan('Dns', { columns: ['name'] })]
  expect(kept.map(({ sequence, row }) => [sequence, row.name])).toEqual(
    Array.from({ length: 10 }, (_, index) => [index + 11, `name${index + 10}`]),
  )
  expect(writer.states()).toMatchObject([{ subject: 'Dns', events: 10, lostEvents: 10 }])
  writer.close()
})
