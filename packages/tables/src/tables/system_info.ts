import { column, defineTable } from '../define-table.ts'
import { cpusOf } from '../system/cpus.ts'
import { machineName } from '../system/machine.ts'
import { readValue } from '../system/read-value.ts'

const dmi = '/sys/class/dmi/id'

export default defineTable({
  name: 'system_info',
  description:
    'Name, processors, memory and maker of the device. What the firmware does not tell, or tells root alone, is empty.',
  platforms: ['linux'],
  columns: {
    hostname: column.text('Name of the device, as the kernel has it.', { pivotType: 'deviceName' }),
    uuid: column.text('Id of the hardware from the firmware, else the id of the installation.'),
    cpu_type: column.text('Architecture, as uname -m gives it.'),
    cpu_subtype: column.text('Model number of the processor.'),
    cpu_brand: column.text('Name of the processor.'),
    cpu_physical_cores: column.integer('Number of processor cores.'),
    cpu_logical_cores: column.integer('Number of processors that the system schedules on.'),
    cpu_sockets: column.integer('Number of processor packages.'),
    cpu_microcode: column.text('Version of the processor’s microcode.'),
    physical_memory: column.bigint('Memory that the system can use, in bytes.'),
    hardware_vendor: column.text('Maker of the device.'),
    hardware_model: column.text('Model of the device.'),
    hardware_version: column.text('Version of the model.'),
    hardware_serial: column.text('Serial number of the device.'),
    board_vendor: column.text('Maker of the main board.'),
    board_model: column.text('Model of the main board.'),
    board_version: column.text('Version of the main board.'),
    board_serial: column.text('Serial number of the main board.'),
    computer_name: column.text('Name that people gave the device, else its host name.', {
      pivotType: 'deviceName',
    }),
    local_hostname: column.text('Name of the device in its own network.', { pivotType: 'deviceName' }),
  },
  examples: ['SELECT hostname, cpu_brand, cpu_logical_cores, physical_memory FROM system_info'],
  estimatedRows: 1,

  *rows(host) {
    const cpus = cpusOf(host)
    const hostname = readValue(host, '/proc/sys/kernel/hostname')
    yield {
      hostname,
      uuid: readValue(host, `${dmi}/product_uuid`) ?? machineId(readValue(host, '/etc/machine-id')),
      cpu_type: machineName(host),
      cpu_subtype: cpus.subtype,
      cpu_brand: cpus.brand,
      cpu_physical_cores: cpus.physical,
      cpu_logical_cores: cpus.logical,
      cpu_sockets: cpus.sockets,
      cpu_microcode: cpus.microcode,
      physical_memory: memoryBytes(readValue(host, '/proc/meminfo')),
      hardware_vendor: readValue(host, `${dmi}/sys_vendor`) ?? '',
      hardware_model:
        readValue(host, `${dmi}/product_name`) ?? readValue(host, '/proc/device-tree/model') ?? '',
      hardware_version: readValue(host, `${dmi}/product_version`) ?? '',
      hardware_serial: readValue(host, `${dmi}/product_serial`) ?? '',
      board_vendor: readValue(host, `${dmi}/board_vendor`) ?? '',
      board_model: readValue(host, `${dmi}/board_name`) ?? '',
      board_version: readValue(host, `${dmi}/board_version`) ?? '',
      board_serial: readValue(host, `${dmi}/board_serial`) ?? '',
      computer_name: prettyName(readValue(host, '/etc/machine-info')) ?? hostname,
      local_hostname: hostname,
    }
  },
})

function memoryBytes(meminfo: string | null): bigint | null {
  const kibibytes = /^MemTotal:\s+(\d+) kB/m.exec(meminfo ?? '')?.[1]
  return kibibytes ? BigInt(kibibytes) * 1024n : null
}

/** The id of the installation, which is 32 hex digits, in the form of a UUID. */
function machineId(id: string | null): string | null {
  return id && id.length === 32 ? id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null
}

const prettyName = (info: string | null) => /^PRETTY_HOSTNAME="?([^"\n]+)"?$/m.exec(info ?? '')?.[1]
