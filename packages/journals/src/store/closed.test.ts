import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openJournalReader, openJournalWriter } from './store.ts'
import { type RandomEvent, randomEvents, START } from './testing/random-events.ts'
import type { JournalWriter, KeptValue, StoredEvent } from './types.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-closed-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const now = () => START + 86_400_000
const events = await randomEvents(6000, 7)
const subjects = [...new Set(events.map(({ journal }) => journal.subject))].sort()
const keptColumns = (event: RandomEvent) =>
  Object.entries(event.journal.columns).flatMap(([name, { kept }]) => (kept ? [name] : []))
const expected = (subject: string) =>
  events
    .filter(({ journal }) => journal.subject === subject)
    .map((event, index) => ({
      sequence: index + 1,
      time: event.time,
      row: Object.fromEntries(keptColumns(event).map((name) => [name, event.row[name] ?? null])),
    }))
const plain = ({ sequence, time, row }: StoredEvent) => ({ sequence, time, row })

/** Writes all events; periods of 700 events are closed and packed on the way. */
function write(until = events.length): JournalWriter {
  const writer = openJournalWriter(folder, { period: { events: 700 }, now })
  for (const [index, { journal, time, row }] of events.slice(0, until).entries()) {
    writer.append(journal, time, row)
    if (index % 100 === 99) {
      writer.flush()
      while (writer.maintain());
    }
  }
  writer.flush()
  while (writer.maintain());
  return writer
}

test('what is closed and packed is read as it was written, by scans and by positions', () => {
  const writer = write()
  expect(readdirSync(folder).filter((name) => name.endsWith('.events')).length).toBeGreaterThan(6)
  expect(readdirSync(folder).filter((name) => name.startsWith('open-') && name.endsWith('.db'))).toHaveLength(
    1,
  )
  // Eight indexes of one period became one of eight.
  expect(readdirSync(folder)).toContain('1-8.index')
  const reader = openJournalReader(folder)
  for (const subject of subjects) {
    const all = expected(subject)
    const columns = Object.keys(all[0]!.row)
    expect([...reader.scan(subject, { columns })].map(plain)).toEqual(all)
    const paged: StoredEvent[] = []
    for (;;) {
      const page = reader.readAfter(subject, paged.at(-1) ?? { epoch: 0, sequence: 0 }, 97)
      if (page.length === 0) break
      paged.push(...page)
    }
    expect(paged.map(plain)).toEqual(all)
  }
  writer.close()
})

test('needles and times narrow what is read, in every column with an index', () => {
  const writer = write()
  const reader = openJournalReader(folder)
  let found = 0
  for (const subject of subjects) {
    const all = expected(subject)
    const { columns } = events.find(({ journal }) => journal.subject === subject)!.journal
    for (const [name, column] of Object.entries(columns)) {
      if (!column.index || !column.kept) continue
      const wanted = [all[5]!.row[name]!, all.at(-9)!.row[name]!, 'absent']
      const time = { from: all[3]!.time, to: all[3]!.time + 9e6 }
      const hits = all.filter(({ row }) => wanted.includes(row[name]!))
      found += hits.length
      const positions = (rows: Iterable<{ sequence: number }>) => [...rows].map(({ sequence }) => sequence)
      const equals = { [name]: wanted as KeptValue[] }
      expect(positions(reader.scan(subject, { columns: [], equals }))).toEqual(positions(hits))
      expect(positions(reader.scan(subject, { columns: [], equals, time }))).toEqual(
        positions(hits.filter((hit) => hit.time >= time.from && hit.time <= time.to)),
      )
    }
  }
  expect(found).toBeGreaterThan(800)
  writer.close()
})

test('states are the same before and after, and after a restart', () => {
  const writer = write()
  const counts = () =>
    writer
      .states()
      .map(({ subject, events, firstTime, lastTime }) => ({ subject, events, firstTime, lastTime }))
  expect(counts()).toEqual(
    subjects.map((subject) => {
      const times = expected(subject).map(({ time }) => time)
      return { subject, events: times.length, firstTime: Math.min(...times), lastTime: Math.max(...times) }
    }),
  )
  expect(openJournalReader(folder).states()).toEqual(writer.states())
  const before = writer.states()
  writer.close()
  const again = openJournalWriter(folder, { now })
  expect(again.states()).toEqual(before)
  again.close()
})

test('a scan that has begun goes on over what is packed, merged and removed meanwhile', () => {
  const first = write(3000)
  const reader = openJournalReader(folder)
  const scan = reader.scan('Process', { columns: ['path'] })[Symbol.iterator]()
  const begun = [scan.next().value as StoredEvent]
  first.close()
  const writer = openJournalWriter(folder, { period: { events: 700 }, bytes: 1, now })
  writer.flush()
  while (writer.maintain());
  expect(existsSync(join(folder, '1.events'))).toBe(false)
  for (let next = scan.next(); !next.done; next = scan.next()) begun.push(next.value)
  const known = events.slice(0, 3000).filter(({ journal }) => journal.subject === 'Process')
  expect(begun.map(({ row }) => row.path)).toEqual(known.map(({ row }) => row.path ?? null))
  expect(reader.losses().some(({ subject, reason }) => subject === 'Process' && reason === 'retention')).toBe(
    true,
  )
  writer.close()
})
