import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'
import { readValue } from '../system/read-value.ts'

const folder = '/sys/firmware/memmap'

export default defineTable({
  name: 'memory_map',
  description: 'Regions of physical memory, as the firmware gave them to the kernel at boot.',
  platforms: ['linux'],
  columns: {
    name: column.text('What the region is, such as System RAM or Reserved.'),
    start: column.text('First address, in hex.'),
    end: column.text('Last address, in hex.'),
  },
  examples: ['SELECT start, "end" FROM memory_map WHERE name = \'System RAM\''],
  estimatedRows: 20,

  *rows(host, scan) {
    const regions = attempt(scan, () => host.list(folder)) ?? []
    for (const region of regions.sort((a, b) => Number(a) - Number(b))) {
      const value = (file: string) => readValue(host, `${folder}/${region}/${file}`)
      yield { name: value('type'), start: value('start'), end: value('end') }
    }
  },
})
