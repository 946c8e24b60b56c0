import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'
import { readValue } from '../system/read-value.ts'

const folder = '/sys/class/mei'

export default defineTable({
  name: 'intel_me_info',
  description:
    'Version of Intel’s Management Engine, as its driver tells it (Linux 4.20 and later); empty without such an engine.',
  platforms: ['linux'],
  columns: {
    version: column.text('Version of the firmware that runs.'),
  },
  examples: ['SELECT version FROM intel_me_info'],
  estimatedRows: 1,

  *rows(host, scan) {
    for (const device of attempt(scan, () => host.list(folder)) ?? []) {
      // Up to three blocks, the running one first: `0:12.0.70.1652`.
      const [, version] = /^\d+:([\d.]+)/.exec(readValue(host, `${folder}/${device}/fw_ver`) ?? '') ?? []
      if (version) yield { version }
    }
  },
})
