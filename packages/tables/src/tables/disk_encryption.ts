import { column, defineTable } from '../define-table.ts'
import { type BlockDevice, blockDevices } from '../disks/block-devices.ts'
import { contentOf } from '../disks/superblock.ts'

export default defineTable({
  name: 'disk_encryption',
  description:
    'Which disks, partitions and mapped devices are encrypted, by LUKS or dm-crypt. What is mapped onto an encrypted device counts as encrypted.',
  platforms: ['linux'],
  columns: {
    name: column.text('Path of the device.', { index: true, pivotType: 'filePath' }),
    uuid: column.text('UUID of what is on the device; empty for none.'),
    encrypted: column.integer('1 when the device is encrypted, else 0.'),
    type: column.text(
      'Cipher and mode, such as aes-xts-plain64; empty where it is not encrypted or they are not known.',
    ),
    encryption_status: column.text('In words: encrypted, not encrypted.'),
  },
  examples: [
    "SELECT m.path, m.device FROM mounts m JOIN disk_encryption e ON e.name = m.device_alias WHERE e.encrypted = 0 AND m.path = '/'",
  ],
  estimatedRows: 20,

  *rows(host, scan) {
    const asked = scan.texts('name')
    const all = new Map([...blockDevices(host, scan)].map((device) => [device.name, device]))
    for (const device of all.values()) {
      if (asked && !asked.includes(device.path)) continue
      const content = device.sectors > 0 ? contentOf(host, scan, device.path) : undefined
      const ciphers = chain(all, device).map((one) => {
        if (one === device && content?.cipher !== undefined) return content.cipher
        const below = all.get(one.parent)
        if (!one.value('dm/uuid').startsWith('CRYPT-')) return undefined
        return (below && contentOf(host, scan, below.path)?.cipher) ?? ''
      })
      const cipher = ciphers.find((one) => one !== undefined)
      yield {
        name: device.path,
        uuid: device.udev.get('ID_FS_UUID') ?? content?.uuid ?? '',
        encrypted: cipher !== undefined,
        type: cipher ?? '',
        encryption_status: cipher === undefined ? 'not encrypted' : 'encrypted',
      }
    }
  },
})

/** A device and those that it lies on. */
function chain(all: ReadonlyMap<string, BlockDevice>, device: BlockDevice): BlockDevice[] {
  const found: BlockDevice[] = []
  for (let one: BlockDevice | undefined = device; one && found.length < 20; one = all.get(one.parent))
    found.push(one)
  return found
}
