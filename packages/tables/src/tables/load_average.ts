import { column, defineTable } from '../define-table.ts'
import { readValue } from '../system/read-value.ts'

const periods = ['1m', '5m', '15m']

export default defineTable({
  name: 'load_average',
  description: 'Mean number of tasks that ran or waited for a processor or a disk.',
  platforms: ['linux'],
  columns: {
    period: column.text('Time over which the mean is taken: 1m, 5m or 15m.'),
    average: column.text('The mean, as text with six decimals.'),
  },
  examples: ["SELECT average FROM load_average WHERE period = '5m'"],
  estimatedRows: 3,

  *rows(host) {
    const values = (readValue(host, '/proc/loadavg') ?? '').split(' ').map(Number)
    for (const [index, period] of periods.entries()) {
      const value = values[index]
      if (value !== undefined && !Number.isNaN(value)) yield { period, average: value.toFixed(6) }
    }
  },
})
