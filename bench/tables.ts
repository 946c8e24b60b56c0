import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '@quarry/schema/agent/query-codes'
import { sensitiveTables } from '@quarry/schema/agent/sensitive-tables'
import { allTables } from '@quarry/tables/registry'
import { openSandboxes, type Sandboxes } from '@quarry/tables/sandbox'
import { defineBench, median } from '../scripts/define-bench.ts'

const SLOW_MS = 1000
/** What a person would ask of a column that needs a constraint. */
const constraints: Record<string, string> = {
  path: "path LIKE '/usr/bin/%'",
  pattern: "pattern = 'root'",
  pid: `pid = ${process.pid}`,
  device: 'device = (SELECT name FROM block_devices WHERE size > 0 ORDER BY size LIMIT 1)',
  partition: "partition = ''",
  inode: 'inode = 2',
}
/** A table reads nothing without a path and a pattern, or without rules. */
const special: Record<string, string> = {
  grep: "path LIKE '/etc/%' AND pattern = 'root'",
  yara_file: `path LIKE '/usr/bin/%' AND sigrule = 'rule shell { strings: $a = "/bin/sh" condition: $a }'`,
  yara_process: `pid = ${process.pid} AND sigrule = 'rule shell { strings: $a = "/bin/sh" condition: $a }'`,
}

type Table = Awaited<ReturnType<typeof allTables>>[number]
interface Scanned {
  table: string
  rows: number
  firstMs: number
  ms: number
  /** Time of the processor, which other work on the machine changes less. */
  cpuMs: number
}

/** The statement that reads every column of every row. A table that nobody answers here gets a name that nothing has. */
function fullScan(table: Table): string {
  const required = Object.keys(table.columns).filter((name) => table.columns[name]?.required)
  const needed = required.includes('path') ? ['path'] : required
  const where =
    special[table.name] ?? needed.map((name) => constraints[name] ?? `"${name}" = 'nothing'`).join(' AND ')
  return `SELECT * FROM "${table.name}"${where ? ` WHERE ${where}` : ''}`
}

/** Runs a statement to its end in the sandbox: milliseconds from the call, hand-over of all rows included. */
async function time(sandboxes: Sandboxes, sql: string): Promise<{ rows: number; ms: number; cpuMs: number }> {
  let rows = 0
  const started = performance.now()
  const limits = {
    ...defaultLimits,
    cpuShare: 64,
    seconds: 120,
    memoryBytes: 2 ** 31 - 1,
    resultRows: 1e8,
    resultBytes: 1e11,
  }
  const end = await sandboxes.run(
    { sql, readable: [...sensitiveTables], limits },
    {
      columns() {},
      rows(batch) {
        rows += batch.length
      },
    },
  )
  if (end.error) throw new Error(`${sql}: ${end.error.message}`)
  return { rows, ms: performance.now() - started, cpuMs: end.stats.cpuMillis }
}

async function scan(sandboxes: Sandboxes, table: Table, repeats: number): Promise<Scanned> {
  const sql = fullScan(table)
  const first = await time(sandboxes, sql)
  const later: { ms: number; cpuMs: number }[] = []
  for (let index = 0; index < (first.ms > SLOW_MS ? Math.min(repeats, 3) : repeats); index++)
    later.push(await time(sandboxes, sql))
  return {
    table: table.name,
    rows: first.rows,
    firstMs: first.ms,
    ms: median(later.map(({ ms }) => ms)),
    cpuMs: median(later.map(({ cpuMs }) => cpuMs)),
  }
}

export default defineBench({
  name: 'tables',
  description:
    'Reads every column of every row of each live table of this machine through the sandbox; tables that need a constraint get a plausible one.',
  goals: {},

  async run({ quick, progress }) {
    const cacheDir = mkdtempSync(join(tmpdir(), 'quarry-bench-'))
    const sandboxes = openSandboxes({ host: { dataDirs: [], cacheDir } })
    const repeats = quick ? 1 : 5
    const scanned: Scanned[] = []
    const failed: string[] = []
    try {
      await time(sandboxes, 'SELECT 1')
      for (const table of await allTables()) {
        try {
          const found = await scan(sandboxes, table, repeats)
          scanned.push(found)
          progress(
            `${table.name}: ${found.rows} rows, ${found.ms.toFixed(1)} ms, first ${found.firstMs.toFixed(1)} ms`,
          )
        } catch (error) {
          failed.push(table.name)
          progress(`${table.name} failed: ${(error as Error).message}`)
        }
      }
    } finally {
      await sandboxes.close()
      rmSync(cacheDir, { recursive: true })
    }
    scanned.sort((a, b) => b.ms - a.ms)
    const sum = (pick: (one: Scanned) => number) => scanned.reduce((total, one) => total + pick(one), 0)
    return {
      params: {
        repeats,
        /** Other work on the machine makes wall times longer; those of the processor much less. */
        loadAverage: loadavg()[0],
        constraints: { ...constraints, ...special },
        slowest: scanned.slice(0, 10).map(({ table, rows, ms, cpuMs, firstMs }) => ({
          table,
          rows,
          ms: Math.round(ms),
          cpuMs: Math.round(cpuMs),
          firstMs: Math.round(firstMs),
        })),
        withoutRows: scanned
          .filter(({ rows }) => rows === 0)
          .map(({ table }) => table)
          .sort(),
        failed,
      },
      figures: {
        tablesScanned: scanned.length,
        rows: sum(({ rows }) => rows),
        slowestMs: scanned[0]?.ms ?? Number.NaN,
        totalMs: sum(({ ms }) => ms),
        totalCpuMs: sum(({ cpuMs }) => cpuMs),
        totalFirstMs: sum(({ firstMs }) => firstMs),
        medianMs: median(scanned.map(({ ms }) => ms)),
      },
    }
  },
})
