import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '@quarry/schema/agent/query-codes'
import { openSandboxes } from '@quarry/tables/sandbox'
import { parse } from 'yaml'
import { defineBench, median } from '../scripts/define-bench.ts'
import { holdSockets, ownAddress } from './main-query/sockets.ts'

const entry = new URL('../catalogue/network/open_connections.yaml', import.meta.url)
/** Leaves the loopback in, for a machine that has no other address. */
const widened = (sql: string) => sql.replace(/\s+AND pos\.remote_address NOT LIKE '[^']*127\.%'/g, '')

export default defineBench({
  name: 'main-query',
  description:
    'The shipped query “Processes with an open network connection” through the sandbox, against `ss -tunap` as a whole process, at 200 and 2,000 sockets.',
  goals: { ratio200: { max: 3 }, growth: { max: 1 } },

  async run({ quick, progress }) {
    const address = ownAddress()
    const shipped = (parse(readFileSync(entry, 'utf8')) as { sql: string }).sql
    const sql = address === '127.0.0.1' ? widened(shipped) : shipped
    const repeats = quick ? 11 : 31
    const cacheDir = mkdtempSync(join(tmpdir(), 'quarry-bench-'))
    const sandboxes = openSandboxes({ host: { dataDirs: [cacheDir], cacheDir } })
    const figures: Record<string, number> = {}
    const cold: Record<string, number> = {}
    const rows: Record<string, number> = {}

    /** One run from the call to its end, hand-over and rows as JSON included. */
    async function quarry() {
      let bytes = 0
      const started = performance.now()
      const end = await sandboxes.run(
        { sql, readable: [], limits: { ...defaultLimits, cpuShare: 64 } },
        {
          columns() {},
          rows(batch) {
            bytes += JSON.stringify(batch).length
          },
        },
      )
      if (end.error) throw new Error(end.error.message)
      return { ms: performance.now() - started, rows: end.stats.rows, bytes }
    }

    function ss() {
      const started = performance.now()
      const { status, error } = spawnSync('ss', ['-tunap'], { maxBuffer: 64 << 20 })
      if (status !== 0) throw error ?? new Error('ss failed')
      return performance.now() - started
    }

    try {
      for (const count of [200, 2000]) {
        await using _held = await holdSockets(count, address)
        const first = await quarry()
        cold[`quarryFirstMs${count}`] = Math.round(first.ms)
        rows[`rows${count}`] = first.rows
        if (first.rows < count) throw new Error(`The query saw ${first.rows} of ${count} sockets`)
        const ours: number[] = []
        const theirs: number[] = []
        for (let index = 0; index < repeats; index++) {
          ours.push((await quarry()).ms)
          theirs.push(ss())
        }
        figures[`quarryMs${count}`] = median(ours)
        figures[`ssMs${count}`] = median(theirs)
        figures[`ratio${count}`] = median(ours) / median(theirs)
        progress(`${count} sockets: ${median(ours).toFixed(1)} ms, ss ${median(theirs).toFixed(1)} ms`)
      }
      figures.growth = figures.ratio2000! / figures.ratio200!
      return {
        params: {
          address,
          filter: sql === shipped ? 'as shipped' : 'loopback let in',
          repeats,
          ...rows,
          ...cold,
        },
        figures,
      }
    } finally {
      await sandboxes.close()
      rmSync(cacheDir, { recursive: true, force: true })
    }
  },
})
