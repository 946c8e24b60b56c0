import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'
import { askedPids } from '../proc/pids.ts'

/** Quarry's own passwords and keys are nobody's evidence. */
const OWN_SECRET = /^QUARRY_.*(PASSWORD|SECRET|TOKEN|KEY)/i
const MASK = '********'

export default defineTable({
  name: 'process_envs',
  description:
    'Environment variables that processes were started with. They often hold passwords, so the table needs a permission of its own.',
  platforms: ['linux'],
  columns: {
    pid: column.integer('Id of the process.', { index: true }),
    key: column.text('Name of the variable.'),
    value: column.text('Value of the variable; passwords and keys of Quarry itself are masked.'),
  },
  examples: ["SELECT pid, value FROM process_envs WHERE key = 'LD_PRELOAD'"],
  estimatedRows: 5000,

  *rows(host, scan) {
    for (const pid of askedPids(host, scan, scan.integers('pid'))) {
      const text = attempt(scan, () => host.read(`/proc/${pid}/environ`, 4 << 20)) ?? ''
      for (const entry of text.split('\0')) {
        // What has no `=` was written over by a process that renamed itself.
        const at = entry.indexOf('=', 1)
        if (at < 0) continue
        const key = entry.slice(0, at)
        yield { pid, key, value: OWN_SECRET.test(key) ? MASK : entry.slice(at + 1) }
      }
    }
  },
})
