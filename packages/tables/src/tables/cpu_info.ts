import { column, defineTable } from '../define-table.ts'
import { processorsOf } from '../system/processors.ts'

export default defineTable({
  name: 'cpu_info',
  description:
    'Processor packages of the machine, as its firmware describes them (SMBIOS type 4), else as the kernel does.',
  platforms: ['linux'],
  columns: {
    device_id: column.text('Id of the package: its socket, or CPU with its number.'),
    model: column.text('Name of the processor.'),
    manufacturer: column.text('Maker of the processor.'),
    processor_type: column.text('Kind of processor by number: 3 is a central one.'),
    cpu_status: column.integer(
      'State by number: 0 unknown, 1 enabled, 2 disabled by a person, 3 disabled by the firmware, 4 idle.',
    ),
    number_of_cores: column.text('Number of its cores.'),
    logical_processors: column.integer('Number of its threads.'),
    address_width: column.text('Width of addresses in bits: 32 or 64.'),
    current_clock_speed: column.integer('Speed now, or as the firmware set it at boot, in MHz.'),
    max_clock_speed: column.integer('Highest speed that the firmware allows in MHz; NULL when not known.'),
    socket_designation: column.text(
      'Name of the socket as it is printed on the board; empty when not known.',
    ),
  },
  examples: ['SELECT model, number_of_cores, logical_processors FROM cpu_info'],
  estimatedRows: 2,

  rows: (host, scan) => processorsOf(host, scan),
})
