import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'

const kinds = [
  'user',
  'nice',
  'system',
  'idle',
  'iowait',
  'irq',
  'softirq',
  'steal',
  'guest',
  'guest_nice',
] as const

export default defineTable({
  name: 'cpu_time',
  description: 'How each processor has spent its time since boot, in ticks of a hundredth of a second.',
  platforms: ['linux'],
  columns: {
    core: column.integer('Number of the processor.'),
    user: column.bigint('Ticks in programs, without those of a lower priority.'),
    nice: column.bigint('Ticks in programs of a lower priority.'),
    system: column.bigint('Ticks in the kernel.'),
    idle: column.bigint('Ticks without work.'),
    iowait: column.bigint('Ticks without work while a disk was waited for.'),
    irq: column.bigint('Ticks in the handling of interrupts.'),
    softirq: column.bigint('Ticks in the deferred handling of interrupts.'),
    steal: column.bigint('Ticks that the hypervisor gave to other machines.'),
    guest: column.bigint('Ticks in virtual machines, which `user` counts too.'),
    guest_nice: column.bigint('Ticks in virtual machines of a lower priority, which `nice` counts too.'),
  },
  examples: ['SELECT core, user + nice + system AS busy, idle FROM cpu_time'],
  estimatedRows: 16,

  *rows(host, scan) {
    for (const line of (attempt(scan, () => host.read('/proc/stat')) ?? '').split('\n')) {
      const [, core, ticks] = /^cpu(\d+)\s+(.*)$/.exec(line) ?? []
      if (core === undefined || ticks === undefined) continue
      const values = ticks.split(/\s+/).map(BigInt)
      // An old kernel writes fewer of them.
      yield {
        core: Number(core),
        ...Object.fromEntries(kinds.map((kind, index) => [kind, values[index] ?? 0n])),
      }
    }
  },
})
