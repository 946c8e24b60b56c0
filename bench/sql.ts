import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '@quarry/schema/agent/query-codes'
import { openSandboxes } from '@quarry/tables/sandbox'
import { defineBench, median } from '../scripts/define-bench.ts'

const DEADLINE_SECONDS = 0.2

const queries = {
  scan1e6Ms: 'SELECT count(*), sum(id) FROM million',
  lookupMs: 'SELECT id, name FROM million WHERE id = 777777',
  join500Ms: 'SELECT count(l.name), count(r.name) FROM left500 l JOIN right500 r ON r.id = l.id',
}
const runaway = 'WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t) SELECT count(*) FROM t'

export default defineBench({
  name: 'sql',
  description:
    'Runs queries on tables in TypeScript through the sandbox: a scan of a million rows, a lookup by index, a join of 500 by 500 rows, and an endless query with a deadline.',
  goals: {
    scan1e6Ms: { max: 1500 },
    lookupMs: { max: 20 },
    join500Ms: { max: 50 },
    runawayStoppedMs: { max: 400 },
  },

  async run({ quick, progress }) {
    const cacheDir = mkdtempSync(join(tmpdir(), 'quarry-bench-'))
    const sandboxes = openSandboxes({
      host: { dataDirs: [], cacheDir },
      tables: new URL('./sql/tables.ts', import.meta.url).href,
    })
    const repeats = quick ? 5 : 11

    /** Milliseconds from the call to the end of a query, hand-over and rows included. */
    async function time(sql: string, seconds = 60) {
      const started = performance.now()
      const end = await sandboxes.run(
        { sql, readable: [], limits: { ...defaultLimits, cpuShare: 64, seconds } },
        { columns() {}, rows() {} },
      )
      if (end.error && end.error.code !== 'time_limit') throw new Error(end.error.message)
      return performance.now() - started
    }

    try {
      const figures: Record<string, number> = { firstQueryMs: await time('SELECT 1') }
      progress(`first query, with the start of its process: ${figures.firstQueryMs!.toFixed(0)} ms`)
      for (const [name, sql] of Object.entries(queries)) {
        progress(`${name}, first run: ${(await time(sql)).toFixed(1)} ms`)
        const times: number[] = []
        for (let index = 0; index < repeats; index++) times.push(await time(sql))
        figures[name] = median(times)
        progress(`${name}: ${figures[name].toFixed(1)} ms`)
      }
      const stopped: number[] = []
      for (let index = 0; index < 5; index++) {
        stopped.push(await time(runaway, DEADLINE_SECONDS))
        // The next one shall not wait for the spare process to start.
        await time('SELECT 1')
      }
      figures.runawayStoppedMs = median(stopped)
      progress(`runawayStoppedMs: ${figures.runawayStoppedMs.toFixed(1)} ms`)
      return {
        params: { rows: 1e6, join: '500 x 500', deadlineMs: DEADLINE_SECONDS * 1000, repeats },
        figures,
      }
    } finally {
      await sandboxes.close()
      rmSync(cacheDir, { recursive: true })
    }
  },
})
