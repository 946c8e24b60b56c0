import type { Scan } from '../define-table.ts'
import { entriesOf, textOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'
import { udevFacts } from '../system/udev.ts'

type Warn = Pick<Scan, 'warn' | 'once'>

/** A block device by its name in the kernel. */
export interface BlockDevice {
  name: string
  /** Path in /dev; a device of the mapper by its name there. */
  path: string
  /** Name of the disk that a partition lies on, or of the device beneath a mapped one; empty for none. */
  parent: string
  sectors: number
  blockSize: number
  /** What udev found out about it, such as ID_FS_UUID. */
  udev: ReadonlyMap<string, string>
  value(file: string): string
}

/** The block devices of /sys/class/block with their facts; memory disks and loops without a file have size 0 and count too. */
export function* blockDevices(host: Host, scan: Warn): Generator<BlockDevice> {
  for (const { name } of entriesOf(host, scan, '/sys/class/block')) {
    const folder = `/sys/class/block/${name}`
    const value = (file: string) =>
      (host.exists(`${folder}/${file}`) ? textOf(host, scan, `${folder}/${file}`, 4096)?.trim() : '') ?? ''
    const real = host.realpath(folder)
    const partition = host.exists(`${folder}/partition`)
    const parent = partition ? (real.split('/').at(-2) ?? '') : ''
    const below = entriesOf(host, scan, `${folder}/slaves`)[0]?.name ?? ''
    const queue = partition && parent ? `../${parent}/queue` : 'queue'
    const size =
      value(`${queue}/logical_block_size`) ||
      textOf(host, scan, `/sys/class/block/${parent || name}/queue/logical_block_size`, 64)
    yield {
      name,
      path: value('dm/name') ? `/dev/mapper/${value('dm/name')}` : `/dev/${name.replaceAll('!', '/')}`,
      parent: parent || below,
      sectors: Number(value('size')) || 0,
      blockSize: Number(size) || 512,
      udev: udevFacts(host, scan, `b${value('dev')}`),
      value,
    }
  }
}
