// Statements that a limit broke off, and that go on where they were: nothing twice, nothing left out.

import type { Continuation, QueryEnd } from '@quarry/schema/agent/query'
import { defaultLimits } from '@quarry/schema/agent/query'
import fileJournal from '@quarry/schema/journals/sophos_file_journal'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import { afterAll, expect, test } from 'vitest'
import { openJournals } from './testing/open-journals.ts'

const start = Date.now() - 40 * 86_400_000
const ids = ['1:133000000000000000', '2:133000000000000001', '3:133000000000000002']
const opened = await openJournals({ period: { events: 120 } })
afterAll(() => opened[Symbol.dispose]())
const { writer, engine } = opened

function write(from: number, to: number) {
  for (let index = from; index < to; index += 1) {
    // The clock of the device was set back now and then: times do not rise with the events.
    const time = start + index * 1000 - (index % 100 === 0 ? 3_600_000 : 0)
    writer.append(fileJournal, time, {
      sophos_pid: ids[index % 3]!,
      path: `/data/${index}`,
      event_type: 0,
    } as never)
  }
  writer.flush()
}
for (const [index, sophos_pid] of ids.entries())
  writer.append(processJournal, start - 1000, {
    event_type: 0,
    sophos_pid,
    process_name: `p${index}`,
    path: `/bin/p${index}`,
    cmd_line: '',
  } as never)
write(0, 250)

interface Leg {
  rows: unknown[][]
  end: QueryEnd
}

function run(sql: string, limits: Partial<typeof defaultLimits>, continuation?: Continuation): Leg {
  const rows: unknown[][] = []
  const sink = { columns: () => undefined, rows: (batch: unknown[][]) => void rows.push(...batch) }
  const request = { sql, readable: [], limits: { ...defaultLimits, ...limits } }
  const end = engine.run({ ...request, ...(continuation && { continuation }) }, sink as never)
  return { rows, end }
}

/** Runs to the end in legs; `between` is done after each. */
function whole(
  sql: string,
  limits: Partial<typeof defaultLimits>,
  between: (leg: number) => void = () => undefined,
) {
  const rows: unknown[][] = []
  let place: Continuation | undefined
  for (let leg = 1; leg < 100; leg += 1) {
    const { rows: found, end } = run(sql, limits, place)
    expect(end.error).toBeUndefined()
    rows.push(...found)
    place = end.continuation
    if (!place) return { rows, legs: leg }
    between(leg)
  }
  throw new Error('It came to no end.')
}

const paths = (count: number, to = 250) =>
  Array.from({ length: to }, (_, index) => `/data/${index}`).slice(0, count)

test('by rows and by bytes: all events once, in order, whatever is written and packed meanwhile', () => {
  const sql = 'SELECT path FROM sophos_file_journal WHERE time > 0'
  const byRows = whole(sql, { resultRows: 40 })
  expect(byRows.rows.flat()).toEqual(paths(250))
  expect(byRows.legs).toBe(7)
  const byBytes = whole(sql, { resultBytes: 1200 })
  expect(byBytes.rows.flat()).toEqual(paths(250))
  const meanwhile = whole(sql, { resultRows: 100 }, (leg) => {
    if (leg === 1) write(250, 300)
    while (writer.maintain()) {
      // There is more to pack.
    }
  })
  expect(meanwhile.rows.flat()).toEqual(paths(300, 300))
})

test('the end says the event and its time', () => {
  const { end, rows } = run('SELECT path FROM sophos_file_journal WHERE time > 0', { resultRows: 40 })
  expect(rows).toHaveLength(40)
  expect(end).toMatchObject({ status: 'succeeded', warnings: [{ code: 'limited_rows' }] })
  expect(end.continuation).toMatchObject({ table: 'sophos_file_journal', time: start + 40_000, rows: 0 })
})

test('a join that is broken off within an event goes on within it', () => {
  const sql = `SELECT f.path, n.value FROM sophos_file_journal f
    CROSS JOIN json_each('[1, 2, 3]') n WHERE f.time > 0 AND f.path LIKE '/data/1%'`
  const all = run(sql, {}).rows
  expect(all.length).toBe(3 * 111)
  const { rows, legs } = whole(sql, { resultRows: 7 })
  expect(rows).toEqual(all)
  expect(legs).toBe(Math.ceil(all.length / 7))
})

test('of one process, and of several', () => {
  for (const condition of [`sophos_pid = '${ids[1]}'`, `sophos_pid IN ('${ids[0]}', '${ids[2]}')`]) {
    const sql = `SELECT path FROM sophos_file_journal WHERE ${condition} AND time > 0`
    expect(whole(sql, { resultRows: 30 }).rows).toEqual(run(sql, {}).rows)
  }
})

test('without a word on the time it goes on in what it saw, not in the last 15 minutes of later', () => {
  for (let index = 0; index < 20; index += 1)
    writer.append(fileJournal, Date.now() - 14 * 60_000, { path: `/late/${index}`, event_type: 0 } as never)
  writer.flush()
  const sql = "SELECT path FROM sophos_file_journal WHERE path LIKE '/late/%'"
  const first = run(sql, { resultRows: 5 })
  // A quarter of an hour later they are older than that; here the place alone counts.
  const { rows } = run(sql, {}, first.end.continuation)
  expect([...first.rows, ...rows].flat()).toEqual(Array.from({ length: 20 }, (_, index) => `/late/${index}`))
})

test('sorted and without a word on the time it sees the 15 minutes before it was first asked', () => {
  const sql = "SELECT path FROM sophos_file_journal WHERE path LIKE '/late/%' ORDER BY path DESC"
  const first = run(sql, { resultRows: 5 })
  const place = first.end.continuation
  if (!place || !('asked' in place)) throw new Error('It does not go on.')
  expect(Math.abs(place.asked - Date.now())).toBeLessThan(60_000)
  // By the clock of half an hour later those rows would not be among them.
  const { end, rows } = run(sql, {}, { ...place, asked: place.asked + 30 * 60_000 })
  expect([rows, end.error?.code]).toEqual([[], 'cannot_continue'])
  expect(run(sql, {}, place).rows).toHaveLength(15)
})

test.each([
  'SELECT path FROM sophos_file_journal WHERE time > 0 ORDER BY path',
  'SELECT path FROM sophos_file_journal WHERE time > 0 ORDER BY time_ms DESC',
  'SELECT DISTINCT path FROM sophos_file_journal WHERE time > 0',
  'SELECT path FROM sophos_file_journal WHERE time > 0 LIMIT 33',
  "SELECT path FROM sophos_file_journal WHERE time > 0 AND path LIKE '/data/1%' UNION ALL SELECT path FROM sophos_file_journal WHERE time > 0 AND path LIKE '/data/2%'",
  "SELECT path FROM sophos_file_journal WHERE time > 0 AND (sophos_pid = 'x' OR path IN ('/data/1', '/data/2', '/data/3', '/data/4', '/data/5', '/data/6'))",
  'WITH f AS MATERIALIZED (SELECT path FROM sophos_file_journal WHERE time > 0) SELECT path FROM f',
  'SELECT path FROM sophos_process_activity WHERE time > 0',
  'SELECT sophos_pid, path, count(*) FROM sophos_file_journal WHERE time > 0 GROUP BY sophos_pid, path ORDER BY path DESC',
])('runs anew and passes over what it gave, whatever happens meanwhile: %s', (sql) => {
  const all = run(sql, {}).rows
  const { rows, legs } = whole(sql, { resultRows: 11 }, (leg) => {
    if (leg === 1) write(1000, 1010)
    if (leg === 2) while (writer.maintain());
  })
  expect(rows).toEqual(all)
  expect(legs).toBe(Math.max(1, Math.ceil(all.length / 11)))
})

test('does not go on when what it gave has changed', () => {
  const sql = 'SELECT path FROM sophos_file_journal WHERE time > 0 ORDER BY path'
  const first = run(sql, { resultRows: 5 })
  const other = { ...first.end.continuation!, digest: 'other' } as Continuation
  for (const [statement, place] of [
    [sql, other],
    ["SELECT path FROM sophos_file_journal WHERE path = '/data/1' ORDER BY path", first.end.continuation],
  ] as const) {
    const { end, rows } = run(statement, {}, place)
    expect(rows).toEqual([])
    expect(end).toMatchObject({ status: 'failed', error: { code: 'cannot_continue' } })
    expect(end.continuation).toBeUndefined()
  }
})

test('a statement that reads no journal does not go on', () => {
  const sql = 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100) SELECT n FROM c'
  expect(run(sql, { resultRows: 5 }).end.continuation).toBeUndefined()
})

test('a statement that another table leads by now is refused', () => {
  const place = { table: 'sophos_dns_journal', epoch: 1, sequence: 1, time: start, rows: 0 }
  const { end, rows } = run('SELECT path FROM sophos_file_journal WHERE time > 0', {}, place)
  expect(rows).toEqual([])
  expect(end).toMatchObject({ status: 'failed', error: { code: 'cannot_continue' } })
})

test('what the time limit broke off goes on, over as many legs as it takes', () => {
  for (let index = 0; index < 20_000; index += 1)
    writer.append(fileJournal, start + index, { path: `/many/${index}`, event_type: 0 } as never)
  writer.flush()
  const sql = "SELECT path FROM sophos_file_journal WHERE time > 0 AND path LIKE '/many/%'"
  const rows: unknown[] = []
  let place: Continuation | undefined
  // Each leg has more time than the one before, so that it comes to an end on any machine.
  for (let seconds = 0.01; seconds < 1000; seconds *= 1.3) {
    const { rows: found, end } = run(sql, { seconds }, place)
    rows.push(...found.flat())
    place = end.continuation
    if (end.status === 'succeeded') break
    expect(end.error?.code).toBe('time_limit')
    if (rows.length > 0) expect(place).toMatchObject({ table: 'sophos_file_journal' })
  }
  expect(rows).toEqual(Array.from({ length: 20_000 }, (_, index) => `/many/${index}`))
})
