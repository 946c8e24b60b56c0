import { column, defineTable } from '../define-table.ts'
import { biosRevision, biosRomBytes } from '../smbios/bios.ts'
import { structuresOfType } from '../smbios/structures.ts'
import { addressText } from '../smbios/words.ts'
import { readValue } from '../system/read-value.ts'

const dmi = '/sys/class/dmi/id'

export default defineTable({
  name: 'platform_info',
  description: 'Firmware of the machine: BIOS or UEFI. Empty on a machine whose firmware describes nothing.',
  platforms: ['linux'],
  columns: {
    vendor: column.text('Maker of the firmware.'),
    version: column.text('Version of the firmware.'),
    date: column.text('Release date of the firmware, as it writes it.'),
    revision: column.text('Revision of the firmware: major.minor; empty when it has none.'),
    extra: column.text('More about the firmware; always empty on Linux.'),
    firmware_type: column.text('How the machine booted: uefi or bios.'),
    address: column.text('Address at which the BIOS begins, in hex; NULL for those who are not root.'),
    size: column.text('Size of the running BIOS in bytes; NULL for those who are not root.'),
    volume_size: column.integer('Size of the chip that holds it in bytes; NULL for those who are not root.'),
  },
  examples: ['SELECT vendor, version, date, firmware_type FROM platform_info'],
  estimatedRows: 1,

  *rows(host, scan) {
    const quiet = { once: scan.once, warn() {} }
    const [bios] = structuresOfType(host, quiet, 0)
    const value = (file: string, offset: number) =>
      readValue(host, `${dmi}/${file}`) ?? bios?.string(offset) ?? ''
    const [vendor, version] = [value('bios_vendor', 4), value('bios_version', 5)]
    if (!vendor && !version) return
    // In paragraphs of 16 bytes, up to the end of the first megabyte.
    const segment = bios?.word(6) ?? null
    yield {
      vendor,
      version,
      date: value('bios_date', 8),
      revision: readValue(host, `${dmi}/bios_release`) ?? (bios ? biosRevision(bios) : ''),
      extra: '',
      firmware_type: host.exists('/sys/firmware/efi') ? 'uefi' : 'bios',
      address: segment === null ? null : addressText(segment * 16),
      size: segment === null ? null : String((0x10000 - segment) * 16),
      volume_size: bios ? biosRomBytes(bios) : null,
    }
  },
})
