import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JournalWriter, openJournalWriter } from '@quarry/journals/store'
import { defaultLimits } from '@quarry/schema/agent/query-codes'
import { openSandboxes } from '@quarry/tables/sandbox'
import type { GeneratedEvent } from './host.ts'
import type { Asked, Question } from './peers.ts'
import type { Needles } from './questions.ts'

/** What is read of the manifest of the journals. */
interface Manifest {
  closed: { bytes: number; subjects: Record<string, { events: number }> }[]
  indexes: { bytes: number }[]
}

const TABLES = new URL('../../packages/agent/src/tables.ts', import.meta.url).href

/** The journal store of the agent, filled as fast as it takes events; `now` follows their times. */
export function openStore(folder: string) {
  mkdirSync(folder)
  let now = 0
  let cpu = 0
  let slowestStepMs = 0
  const writer: JournalWriter = openJournalWriter(folder, { now: () => now, share: 1 })
  return {
    add(events: readonly GeneratedEvent[]): void {
      const before = process.cpuUsage()
      for (const { journal, time, row } of events) {
        now = time
        writer.append(journal, time, row)
      }
      writer.flush()
      for (let more = true; more; ) {
        const started = performance.now()
        more = writer.maintain()
        slowestStepMs = Math.max(slowestStepMs, performance.now() - started)
      }
      const { user, system } = process.cpuUsage(before)
      cpu += user + system
      if (writer.stopped !== undefined) throw new Error(writer.stopped)
    },
    /** Ends the writing. */
    finish() {
      writer.close()
      const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
      const closed = { bytes: 0, events: 0 }
      for (const { bytes } of [...manifest.closed, ...manifest.indexes]) closed.bytes += bytes
      for (const { subjects } of manifest.closed)
        for (const { events } of Object.values(subjects)) closed.events += events
      return { cpuSeconds: cpu / 1e6, slowestStepMs, closed }
    },
  }
}

/** Questions in SQL through a sandbox process that has not read the journals before. */
export async function openSandboxed(folder: string, scratch: string): Promise<Asked> {
  const host = { dataDirs: [], cacheDir: join(scratch, 'cache'), journalDir: folder }
  const sandboxes = openSandboxes({ host, tables: TABLES })
  const limits = {
    ...defaultLimits,
    cpuShare: 64,
    resultRows: 1e7,
    resultBytes: 2 ** 31,
    memoryBytes: 512 << 20,
  }
  let cpu = 0
  // The spare process starts now, as it does when an agent starts. What it is asked here touches no journal.
  await run('SELECT 1')

  async function run(sql: string): Promise<number> {
    const end = await sandboxes.run({ sql, readable: [], limits }, { columns() {}, rows() {} })
    if (end.error) throw new Error(`${sql}: ${end.error.message}`)
    cpu = end.stats.cpuMillis
    return end.stats.rows
  }

  return {
    ask: (needles) =>
      Object.fromEntries(
        Object.entries(statements(needles)).map(([name, sql]) => [name, () => run(sql)]),
      ) as Record<Question, () => Promise<number>>,
    cpuMs: () => cpu,
    close: () => void sandboxes.close(),
  }
}

function statements({ spid, sha256, hour, day, like }: Needles): Record<Question, string> {
  return {
    spid90d: `SELECT * FROM sophos_process_activity WHERE sophos_pid = '${spid}'`,
    sha90d: `SELECT * FROM sophos_process_journal WHERE sha256 = '${sha256}' AND time > 0`,
    hour: `SELECT * FROM sophos_process_activity WHERE time BETWEEN ${hour.join(' AND ')}`,
    likeDay: `SELECT time, cmd_line FROM sophos_process_journal WHERE time BETWEEN ${day.join(' AND ')} AND cmd_line LIKE '%${like}%'`,
    countByPath90d: 'SELECT path, count(*) FROM sophos_process_journal WHERE time > 0 GROUP BY path',
  }
}
