import { runLocally } from '@quarry/agent/run-locally'
import type { Cell } from '@quarry/schema'
import type { QueryEnd, WireValue } from '@quarry/schema/agent/query'
import { cacheFolder } from '../cache-folder.ts'
import { defineCommand, type Terminal } from '../define-command.ts'
import { format } from '../output/formats.ts'
import { rowWriter } from '../output/row-writer.ts'

export default defineCommand({
  name: 'sql',
  description: 'Runs SQL on this machine, without a server.',
  arguments: [{ name: 'sql', description: 'One SELECT statement.' }],
  options: { format },
  examples: [
    `quarry sql "SELECT pid, name, path FROM processes"`,
    `quarry sql --format csv "SELECT * FROM listening_ports"`,
  ],
  async run([sql = ''], { format }, terminal) {
    const writer = rowWriter(format, terminal.out)
    for await (const event of runLocally(sql, { signal: terminal.signal, cacheFolder: cacheFolder() })) {
      if (event.type === 'columns') writer.columns(event.columns.map((column) => column.name))
      if (event.type === 'rows') for (const row of event.rows) writer.row(row.map(toCell))
      if (event.type === 'end') {
        writer.end()
        return report(event.end, terminal)
      }
    }
    return 1
  },
})

function toCell(value: WireValue): Cell {
  if (typeof value !== 'object' || value === null) return value
  return 'i' in value ? value.i : value.b
}

function report(end: QueryEnd, terminal: Terminal): number {
  for (const { message } of end.warnings) terminal.err(`Warning: ${message}\n`)
  if (end.error) terminal.err(`${end.error.message}\n`)
  if (terminal.interactive)
    terminal.err(
      `${end.stats.rows} rows in ${Math.round(end.stats.wallMillis)} ms, ${Math.round(end.stats.cpuMillis)} ms of CPU.\n`,
    )
  return end.status === 'succeeded' ? 0 : 1
}
