import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJournalWriter } from '@quarry/journals/store'
import type { Limits, QueryEnd, WireValue } from '@quarry/schema/agent/query'
import dnsJournal from '@quarry/schema/journals/sophos_dns_journal'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import { openSandboxes } from '@quarry/tables/sandbox'
import { afterAll, expect, test, vi } from 'vitest'
import { tablesModule } from './tables-module.ts'

const data = mkdtempSync(join(realpathSync(tmpdir()), 'quarry-agent-tables-'))
const journalDir = join(data, 'journals')
const sandboxes = openSandboxes({
  host: { dataDirs: [data], cacheDir: join(data, 'cache'), journalDir },
  tables: tablesModule,
})
afterAll(async () => {
  await sandboxes.close()
  rmSync(data, { recursive: true, force: true })
})

const generous: Limits = {
  cpuShare: 4,
  memoryBytes: 256 << 20,
  resultBytes: 10_000_000,
  resultRows: 100_000,
  seconds: 120,
}
interface Answer {
  end: QueryEnd
  rows: WireValue[][]
}
async function run(sql: string, limits: Partial<Limits> = {}, signal?: AbortSignal): Promise<Answer> {
  const rows: WireValue[][] = []
  const request = { sql, readable: [], limits: { ...generous, ...limits } }
  const sink = { columns() {}, rows: (batch: WireValue[][]) => void rows.push(...batch) }
  return { end: await sandboxes.run(request, sink, signal), rows }
}

const day = 86_400
const start = Math.floor(Date.now() / 1000) - day
const id = (pid: number) => `${pid}:${(BigInt(start) + 11_644_473_600n) * 10_000_000n}`
/** Events of the long journal; it is read four times over. */
const many = 250_000

test('before anything was recorded, the journals are empty and say why', async () => {
  const { end, rows } = await run('SELECT * FROM sophos_dns_journal WHERE time > 0')
  expect(rows).toEqual([])
  expect(end).toMatchObject({
    status: 'succeeded',
    warnings: [{ code: 'table_unavailable', message: 'This device has not recorded anything yet.' }],
  })
})

test('what is written is read by a sandbox that ran already, beside the live tables', async () => {
  const writer = openJournalWriter(journalDir)
  try {
    writer.append(processJournal, start * 1000, { event_type: 0, sophos_pid: id(7), path: '/bin/x', uid: 0 })
    writer.flush()
    const sql = `SELECT p.path, u.username, s.hostname IS NOT NULL FROM sophos_process_journal p
      JOIN users u ON u.uid = p.uid JOIN system_info s WHERE p.sophos_pid = '${id(7)}'`
    expect((await run(sql)).rows).toEqual([['/bin/x', 'root', 1]])
    writer.append(dnsJournal, Date.now(), { sophos_pid: id(7), name: 'now.example' })
    // Nobody flushes: what happened is there within a second.
    await vi.waitFor(
      async () => expect((await run('SELECT name FROM sophos_dns_journal')).rows).toEqual([['now.example']]),
      { timeout: 20_000, interval: 200 },
    )
  } finally {
    writer.close()
  }
})

test('the reader is the only way in: no other table sees the folder of the journals', async () => {
  const { rows, end } = await run(`SELECT path FROM file WHERE path LIKE '${journalDir}/%%'`)
  expect(rows).toEqual([])
  expect(end.status).toBe('succeeded')
})

test('memory does not grow with the rows that are read', async () => {
  const writer = openJournalWriter(journalDir)
  const text = 'x'.repeat(120)
  for (let n = 0; n < many; n++)
    writer.append(dnsJournal, (start + (n % day)) * 1000, {
      sophos_pid: id(n % 5000),
      name: `${n}.${text}.example`,
    })
  writer.close()
  const read = `SELECT count(DISTINCT length(name)) FROM sophos_dns_journal WHERE time > 0`
  await run(read)
  const few = await run(
    `SELECT count(length(name)) FROM sophos_dns_journal WHERE time BETWEEN ${start} AND ${start + 600}`,
  )
  const all = await run(Array(4).fill(read).join(' UNION ALL '))
  expect(all.end.status).toBe('succeeded')
  expect(all.rows).toHaveLength(4)
  expect(all.end.stats.peakMemoryBytes - few.end.stats.peakMemoryBytes).toBeLessThan(48 << 20)
}, 300_000)

test('a long read is canceled in the middle, and says how far it came when a limit ends it', async () => {
  const stop = new AbortController()
  const rows: WireValue[][] = []
  const long = sandboxes.run(
    { sql: 'SELECT name FROM sophos_dns_journal WHERE time > 0', readable: [], limits: generous },
    {
      columns() {},
      rows(batch) {
        rows.push(...batch)
        stop.abort()
      },
    },
    stop.signal,
  )
  expect((await long).status).toBe('canceled')
  expect(rows.length).toBeLessThan(many)
  const { end } = await run('SELECT name FROM sophos_dns_journal WHERE time > 0', { resultRows: 500 })
  expect(end.warnings.map(({ code }) => code)).toEqual(['limited_rows'])
  expect(end.warnings[0]!.message).toMatch(/sophos_dns_journal had been read to about 20\d\d-/)
})

test('reading goes on while the writer writes, and sees what was there as it began', async () => {
  const writer = openJournalWriter(journalDir)
  let written = 0
  const timer = setInterval(() => {
    for (let n = 0; n < 200; n++)
      writer.append(dnsJournal, Date.now(), { name: `during-${written++}.example` })
  }, 20)
  try {
    for (let n = 0; n < 3; n++) {
      const { end, rows } = await run(`SELECT count(*) FROM sophos_dns_journal WHERE time > 0`)
      expect(end).toMatchObject({ status: 'succeeded', warnings: [] })
      expect(Number(rows[0]![0])).toBeGreaterThan(many)
    }
    expect(written).toBeGreaterThan(0)
  } finally {
    clearInterval(timer)
    writer.close()
  }
  const { rows } = await run(
    "SELECT count(*) FROM sophos_dns_journal WHERE time > 0 AND name LIKE 'during-%'",
  )
  expect(rows).toEqual([[written]])
})
