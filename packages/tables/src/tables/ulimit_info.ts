import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'

/** The kernel's words for the limits of getrlimit(2). */
const types: Record<string, string> = {
  'Max cpu time': 'cpu',
  'Max file size': 'fsize',
  'Max data size': 'data',
  'Max stack size': 'stack',
  'Max core file size': 'core',
  'Max resident set': 'rss',
  'Max processes': 'nproc',
  'Max open files': 'nofile',
  'Max locked memory': 'memlock',
  'Max address space': 'as',
  'Max file locks': 'locks',
  'Max pending signals': 'sigpending',
  'Max msgqueue size': 'msgqueue',
  'Max nice priority': 'nice',
  'Max realtime priority': 'rtprio',
  'Max realtime timeout': 'rttime',
}

export default defineTable({
  name: 'ulimit_info',
  description: 'Limits on what the agent’s own processes may use, as the system gave them.',
  platforms: ['linux'],
  columns: {
    type: column.text('What is limited, in the short names of the system, such as nofile or stack.'),
    soft_limit: column.text('Limit in force: a number, or unlimited.'),
    hard_limit: column.text('Limit up to which it may be raised: a number, or unlimited.'),
  },
  examples: ["SELECT soft_limit, hard_limit FROM ulimit_info WHERE type = 'nofile'"],
  estimatedRows: 16,

  *rows(host, scan) {
    for (const line of (attempt(scan, () => host.read('/proc/self/limits')) ?? '').split('\n')) {
      const [, name = '', soft, hard] = /^(.+?)\s{2,}(\S+)\s+(\S+)/.exec(line) ?? []
      if (types[name]) yield { type: types[name], soft_limit: soft, hard_limit: hard }
    }
  },
})
