import { column, defineTable } from '../define-table.ts'
import { partitionsOf } from '../disks/partitions.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'

export default defineTable({
  name: 'device_partitions',
  description:
    'Partitions of a disk or of an image of one, from its partition table (GPT or MBR). Needs the path of the disk.',
  platforms: ['linux'],
  columns: {
    device: column.text('Path of the disk or image.', { required: true, pivotType: 'filePath' }),
    partition: column.integer(
      'Number of the partition’s place in the table, counted from 0; logical ones from 4.',
    ),
    label: column.text('Name of the partition; empty in an MBR.'),
    type: column.text('Kind: the GUID of a GPT, or the name of an MBR’s kind.'),
    offset: column.bigint('First block.'),
    blocks_size: column.bigint('Bytes in a block.'),
    blocks: column.bigint('Number of blocks.'),
    inodes: column.bigint('Number of inodes; NULL, since file systems are not opened.'),
    flags: column.integer('1 for a partition, as in osquery; space between partitions is not listed.'),
  },
  examples: ["SELECT partition, label, offset, blocks FROM device_partitions WHERE device = '/dev/sda'"],
  estimatedRows: 10,

  *rows(host, scan) {
    for (const device of scan.texts('device') ?? []) {
      try {
        const disk = host.open(device, { device: true })
        try {
          for (const found of partitionsOf(disk)) {
            const { number, blockSize, ...rest } = found
            yield { device, partition: number, ...rest, blocks_size: blockSize }
          }
        } finally {
          disk.close()
        }
      } catch (error) {
        if (!isAbsent(error)) warnUnread(scan, device, error)
      }
    }
  },
})
