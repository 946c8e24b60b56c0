import type { BigIntStatsFs } from 'node:fs'
import { column, defineTable } from '../define-table.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'

const sizes = ['blocks_size', 'blocks', 'blocks_free', 'blocks_available', 'inodes', 'inodes_free'] as const

export default defineTable({
  name: 'mounts',
  description: 'Mounted file systems with their sizes and free space.',
  platforms: ['linux'],
  columns: {
    device: column.text('What is mounted: a device, or a name that the file system gives itself.'),
    device_alias: column.text('The device after its symlinks, such as those of /dev/disk.'),
    path: column.text('Where it is mounted.', { pivotType: 'filePath' }),
    type: column.text('Type of the file system, such as ext4.'),
    blocks_size: column.bigint('Size of a block in bytes.'),
    blocks: column.bigint('Number of blocks.'),
    blocks_free: column.bigint('Number of free blocks.'),
    blocks_available: column.bigint('Number of free blocks for users other than root.'),
    inodes: column.bigint('Number of inodes.'),
    inodes_free: column.bigint('Number of free inodes.'),
    flags: column.text('Mount options, separated by commas.'),
  },
  examples: [
    'SELECT path, blocks_available * 100 / blocks AS percent_free FROM mounts WHERE blocks > 0',
    "SELECT path, flags FROM mounts WHERE type = 'tmpfs' AND flags NOT LIKE '%noexec%'",
  ],
  estimatedRows: 40,

  *rows(host, scan) {
    const asksSizes = sizes.some((name) => scan.uses(name))
    try {
      for (const line of host.lines('/proc/mounts')) {
        const [device, path, type, flags] = line.split(' ').map(unescaped)
        if (device === undefined || path === undefined || type === undefined) continue
        let space: BigIntStatsFs | undefined
        try {
          // Asking an automount point would mount it.
          if (asksSizes && type !== 'autofs') space = host.statfs(path)
        } catch (error) {
          if (!isAbsent(error)) warnUnread(scan, path, error)
        }
        yield {
          device,
          device_alias: scan.uses('device_alias') && device.startsWith('/') ? resolved(device) : device,
          path,
          type,
          blocks_size: space?.bsize,
          blocks: space?.blocks,
          blocks_free: space?.bfree,
          blocks_available: space?.bavail,
          inodes: space?.files,
          inodes_free: space?.ffree,
          flags,
        }
      }
    } catch (error) {
      warnUnread(scan, '/proc/mounts', error)
    }

    function resolved(device: string): string {
      try {
        return host.realpath(device)
      } catch {
        return device
      }
    }
  },
})

/** The kernel writes white space and backslashes as three octal digits. */
const unescaped = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
