import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineBench, median } from '../scripts/define-bench.ts'
import { Distinct } from './journal/distinct.ts'
import { days } from './journal/generate.ts'
import { bytesOf, dropPages } from './journal/pages.ts'
import { openParquet } from './journal/parquet.ts'
import type { Asked, Peer, Question } from './journal/peers.ts'
import { NeedleChoice, type Needles } from './journal/questions.ts'
import { measureRate } from './journal/rates.ts'
import { openSqliteDays } from './journal/sqlite-days.ts'
import { openSandboxed, openStore } from './journal/store.ts'

const full = { events: 10_000_000, days: 90, rateSeconds: 60, repeats: 5 }
const small = { events: 200_000, days: 10, rateSeconds: 3, repeats: 3 }
/** The imagined host makes a little less than it is asked for. */
const MORE = 1.14
const RATES = [100, 1000, 5000]

type Progress = (line: string) => void
/** Whoever keeps the events: how they are opened to be asked. */
interface Kept {
  name: string
  folder: string
  open(): Promise<Asked>
}

/** Milliseconds of each question: cold is the first one of a new process or instance with the files' pages dropped. */
async function ask(kept: Kept, sets: readonly Needles[], progress: Progress) {
  const times: Record<string, number[]> = {}
  const rows: Record<string, number[]> = {}
  for (const needles of sets) {
    const once = async (question: Question, name: string, asked: Asked) => {
      const started = performance.now()
      const found = await asked.ask(needles)[question]()
      times[name] = [...(times[name] ?? []), performance.now() - started]
      if (asked.cpuMs) {
        const cpu = name.replace(/Ms$/, 'CpuMs')
        times[cpu] = [...(times[cpu] ?? []), asked.cpuMs()]
      }
      rows[name] = [...(rows[name] ?? []), found]
    }
    for (const question of ['spid90d', 'sha90d'] as const) {
      const asked = await kept.open()
      dropPages(kept.folder)
      await once(question, `${question}ColdMs`, asked)
      if (question === 'spid90d') await once(question, 'spid90dWarmMs', asked)
      asked.close()
    }
    const asked = await kept.open()
    for (const question of ['hour', 'likeDay'] as const) await once(question, `${question}Ms`, asked)
    if (needles === sets[0]) await once('countByPath90d', 'countByPath90dMs', asked)
    asked.close()
  }
  for (const [name, all] of Object.entries(times))
    progress(
      `${kept.name} ${name}: ${all.map((time) => time.toFixed(0)).join(', ')} (rows: ${rows[name]?.join(', ') ?? 'as above'})`,
    )
  const figures = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]))
  return { figures, rows }
}

/** Makes the events once, a day at a time, and gives them to every store. */
async function fill(scratch: string, size: typeof full, peers: readonly Peer[], progress: Progress) {
  const store = openStore(join(scratch, 'journals'))
  const choice = new NeedleChoice(size.days)
  const distinct = new Distinct()
  let count = 0
  let day = 0
  for (const events of days(size.days, (size.events / size.days) * MORE)) {
    store.add(events)
    for (const peer of peers) await peer.add(events)
    choice.note(events)
    distinct.note(events)
    count += events.length
    if (++day % 10 === 0) progress(`${day} days, ${count} events`)
  }
  return { count, written: store.finish(), sets: choice.choose().slice(0, size.repeats), distinct }
}

export default defineBench({
  name: 'journal',
  description:
    'Writes the events of 90 days of an imagined server into the journals and asks for them back in SQL; beside it the same events in plain SQLite files and in Parquet through DuckDB.',
  goals: {
    bytesPerEvent: { max: 38 },
    bytesPerParquet: { max: 1 },
    cpuPercentAt100: { max: 1 },
    rssMiBAt100: { max: 90 },
    spid90dColdMs: { max: 150 },
    sha90dColdMs: { max: 150 },
  },
  async run({ quick, progress }) {
    const size = quick ? small : full
    const scratch = mkdtempSync(join(process.env.QUARRY_BENCH_DIR ?? tmpdir(), 'quarry-journal-'))
    mkdirSync(join(scratch, 'rates'))
    try {
      const peers = [
        await openSqliteDays(join(scratch, 'sqlite')),
        await openParquet(join(scratch, 'parquet')),
      ]
      const { count, written, sets, distinct } = await fill(scratch, size, peers, progress)
      const folder = join(scratch, 'journals')
      const bytesPerEvent = bytesOf(folder) / count
      const figures: Record<string, number> = {
        bytesPerEvent,
        closedBytesPerEvent: written.closed.bytes / written.closed.events,
        eventsPerCpuSecond: count / written.cpuSeconds,
        slowestUpkeepStepMs: written.slowestStepMs,
      }
      progress(
        `${count} events: ${bytesPerEvent.toFixed(1)} bytes and ${((written.cpuSeconds / count) * 1e6).toFixed(1)} µs of CPU each`,
      )
      const others: Record<string, Record<string, number>> = {}
      for (const peer of peers) {
        const { cpuSeconds, bytesByProcess } = await peer.finish()
        others[peer.name] = {
          bytesPerEvent: bytesOf(peer.folder) / count,
          ...(bytesByProcess !== undefined && { bytesPerEventByProcess: bytesByProcess / count }),
          eventsPerCpuSecond: count / cpuSeconds!,
        }
        progress(`${peer.name}: ${JSON.stringify(others[peer.name])}`)
      }
      const { bytesPerEvent: byTime, bytesPerEventByProcess: byProcess } = others.parquetDuckdb!
      // Both without what is still open: Parquet has no such part.
      figures.bytesPerParquet = figures.closedBytesPerEvent! / Math.min(byTime!, byProcess!)

      const own = { name: 'journals', folder, open: () => openSandboxed(folder, scratch) }
      const asked = await ask(own, sets, progress)
      Object.assign(figures, asked.figures)
      for (const peer of peers) Object.assign(others[peer.name]!, (await ask(peer, sets, progress)).figures)

      for (const rate of RATES) {
        const { cpuPercent, rssMiB } = await measureRate(join(scratch, 'rates'), rate, size.rateSeconds)
        figures[`cpuPercentAt${rate}`] = cpuPercent
        if (rate !== 1000) figures[`rssMiBAt${rate}`] = rssMiB
        progress(`at ${rate} events/s: ${cpuPercent.toFixed(2)} % of a core, ${rssMiB.toFixed(0)} MiB`)
      }
      const params = {
        events: count,
        days: size.days,
        rateSeconds: size.rateSeconds,
        repeats: sets.length,
        loadAverage: loadavg()[0],
        cold: 'a process that has read no journal, pages of the files dropped by posix_fadvise; for the peers a new instance in the process of the benchmark',
        rows: asked.rows,
        eventsByJournal: distinct.events,
        distinctValues: distinct.counts(),
      }
      return { params, figures, peers: others }
    } finally {
      rmSync(scratch, { recursive: true, force: true })
    }
  },
})
