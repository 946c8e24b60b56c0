import { readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { column, defineTable, type Table } from '../define-table.ts'

const n = { n: column.bigint('A number.') }
const hostile = (name: string, rows: () => Iterable<{ n?: number }>): Table =>
  defineTable({
    name,
    description: 'A table that does harm, for tests of the sandbox.',
    platforms: ['linux'],
    columns: n,
    examples: [],
    rows,
  }) as unknown as Table

/** Tables that loop, eat memory and die, and one that shows what a sandbox process is given. */
export async function allTables(): Promise<Table[]> {
  const around = defineTable({
    name: 'around',
    description: 'What surrounds the process.',
    platforms: ['linux'],
    columns: { name: column.text('Name.'), value: column.text('Value.') },
    examples: [],
    *rows() {
      for (const [name, value] of Object.entries(process.env)) yield { name: `env ${name}`, value }
      yield { name: 'pid', value: String(process.pid) }
      yield { name: 'priority', value: String(getPriority()) }
      yield { name: 'oom', value: readFileSync('/proc/self/oom_score_adj', 'utf8').trim() }
      yield { name: 'cwd', value: process.cwd() }
    },
  })
  return [
    around as unknown as Table,
    hostile('numbers', function* () {
      for (let i = 0; ; i++) yield { n: i }
    }),
    hostile('spins', function* () {
      yield { n: 1 }
      for (;;);
    }),
    hostile('eats_heap', function* () {
      const kept: object[] = []
      for (;;) kept.push({ n: kept.length })
      // biome-ignore lint/correctness/noUnreachable: it makes the function a generator.
      yield {}
    }),
    hostile('eats_buffers', function* () {
      const kept: Buffer[] = []
      for (let i = 0; ; i++) {
        kept.push(Buffer.alloc(1 << 20, 1))
        if (i % 8 === 0) yield { n: kept.length }
      }
    }),
    hostile('dies', function* () {
      yield { n: 1 }
      process.kill(process.pid, 'SIGSEGV')
      for (;;);
    }),
  ]
}
