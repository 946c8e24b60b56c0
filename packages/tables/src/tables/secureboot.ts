import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'

const folder = '/sys/firmware/efi/efivars'
/** The vendor of UEFI's own variables. */
const vendor = '8be4df61-93ca-11d2-aa0d-00e098032b8c'

export default defineTable({
  name: 'secureboot',
  description:
    'Whether the firmware starts only what is signed. A machine that did not boot by UEFI has no such thing: 0.',
  platforms: ['linux'],
  columns: {
    secure_boot: column.integer('1 when secure boot is on, else 0.'),
    setup_mode: column.integer(
      '1 when the keys of the firmware may be changed freely, else 0; NULL without UEFI.',
    ),
  },
  examples: ['SELECT secure_boot, setup_mode FROM secureboot'],
  estimatedRows: 1,

  *rows(host, scan) {
    if (!host.exists('/sys/firmware/efi')) return yield { secure_boot: 0, setup_mode: null }
    // Four bytes of attributes, then the value.
    const read = (name: string) =>
      attempt(scan, () => host.readBytes(`${folder}/${name}-${vendor}`))?.[4] ?? null
    yield { secure_boot: read('SecureBoot'), setup_mode: read('SetupMode') }
  },
})
