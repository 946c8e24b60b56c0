import { openSandboxes } from './sandbox.ts'

/** A parent for a test to kill: it starts an endless query, says which processes it has, and waits. */
const [sql, cacheDir] = process.argv.slice(2) as [string, string]
const sandboxes = openSandboxes({
  host: { dataDirs: [], cacheDir },
  tables: new URL('./hostile-tables.ts', import.meta.url).href,
})
void sandboxes.run(
  {
    sql,
    readable: [],
    limits: { cpuShare: 0.1, memoryBytes: 64 << 20, resultBytes: 1e9, resultRows: 1e9, seconds: 600 },
  },
  { columns() {}, rows() {} },
)
setInterval(() => process.stdout.write(`${sandboxes.pids().join(' ')}\n`), 100)
