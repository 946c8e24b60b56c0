import { column, defineTable } from '../define-table.ts'
import { blockDevices } from '../disks/block-devices.ts'
import { contentOf } from '../disks/superblock.ts'

export default defineTable({
  name: 'block_devices',
  description:
    'Disks, partitions and what is mapped onto them. What lies on a device comes from udev, or else from its first blocks.',
  platforms: ['linux'],
  columns: {
    name: column.text('Path of the device.', { index: true, pivotType: 'filePath' }),
    parent: column.text('Path of the disk that it lies on; empty for a disk.'),
    vendor: column.text('Who made it; empty where it does not say.'),
    model: column.text('Model; empty where it does not say.'),
    serial: column.text('Serial number; empty where it does not say.'),
    size: column.bigint('Size in blocks.'),
    block_size: column.integer('Bytes in a block.'),
    uuid: column.text('UUID of the file system on it; empty for none.'),
    type: column.text('File system on it, such as ext4, swap or crypto_LUKS; empty for none.'),
    label: column.text('Label of the file system; empty for none.'),
  },
  examples: ['SELECT name, size * block_size AS bytes, type, uuid FROM block_devices WHERE size > 0'],
  estimatedRows: 20,

  *rows(host, scan) {
    const asked = scan.texts('name')
    const usesContent = scan.uses('uuid') || scan.uses('type') || scan.uses('label')
    const all = [...blockDevices(host, scan)]
    const paths = new Map(all.map(({ name, path }) => [name, path]))
    for (const device of all) {
      if (asked && !asked.includes(device.path)) continue
      const { udev, value } = device
      const content =
        usesContent && !udev.has('ID_FS_TYPE') && device.sectors > 0
          ? contentOf(host, scan, device.path)
          : undefined
      yield {
        name: device.path,
        parent: paths.get(device.parent) ?? '',
        vendor: value('device/vendor') || (udev.get('ID_VENDOR') ?? ''),
        model: value('device/model') || (udev.get('ID_MODEL') ?? ''),
        serial:
          udev.get('ID_SERIAL_SHORT') ?? udev.get('ID_SERIAL') ?? (value('serial') || value('device/serial')),
        // The kernel counts in 512 bytes, whatever the device does.
        size: Math.floor((device.sectors * 512) / device.blockSize),
        block_size: device.blockSize,
        uuid: udev.get('ID_FS_UUID') ?? content?.uuid ?? '',
        type: udev.get('ID_FS_TYPE') ?? content?.type ?? '',
        label: udev.get('ID_FS_LABEL') ?? content?.label ?? '',
      }
    }
  },
})
