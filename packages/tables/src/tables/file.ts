import { column, defineTable } from '../define-table.ts'
import { linkTarget, lookAt, modeText, typeName } from '../files/describe-file.ts'
import { mountNamespaceId, mountNamespaceOf, pidWithNamespace, viewsOf } from '../files/inside.ts'
import { nameOf, scannedPaths } from '../files/paths.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'

/** Columns that the path alone tells. */
const ofPath = ['path', 'directory', 'filename', 'pid_with_namespace', 'mount_namespace_id'] as const

const columns = {
  path: column.text('Path of the file, as it was asked for.', {
    index: true,
    required: true,
    pivotType: 'filePath',
  }),
  directory: column.text('Folder of the file; a constraint on it lists that folder.', {
    required: true,
    pivotType: 'filePath',
  }),
  filename: column.text('Last name of the path.'),
  inode: column.bigint('Number of the inode in its file system.'),
  uid: column.bigint('Id of the owner.'),
  gid: column.bigint('Id of the owning group.'),
  mode: column.text('Permission bits as four octal digits, such as 0644 or 4755.'),
  device: column.bigint('Number of the device that holds the file; with `inode` it is one file.'),
  size: column.bigint('Size in bytes.'),
  block_size: column.integer('Block size of the file system in bytes.'),
  atime: column.bigint('Last access, in unix seconds.'),
  mtime: column.bigint('Last change of the contents, in unix seconds.'),
  ctime: column.bigint('Last change of contents, owner, mode or name, in unix seconds.'),
  btime: column.bigint('Creation, in unix seconds; 0 where the file system does not keep it.'),
  hard_links: column.integer('Number of names that the file has.'),
  symlink: column.integer('1 when the path is a symlink, else 0.'),
  type: column.text(
    'Kind: regular, directory, symlink (one that leads nowhere), block, character, fifo, socket.',
  ),
  symlink_target_path: column.text('Where the symlink leads in the end; empty for no symlink.', {
    pivotType: 'filePath',
  }),
  pid_with_namespace: pidWithNamespace,
  mount_namespace_id: mountNamespaceId,
}

type Name = keyof typeof columns
const others = (Object.keys(columns) as Name[]).filter((name) => !(ofPath as readonly Name[]).includes(name))

export default defineTable({
  name: 'file',
  description:
    'Files and folders by path or by folder. A path pattern has `%` for one level and `%%` for all levels below. A symlink shows what it leads to.',
  platforms: ['linux'],
  columns,
  examples: [
    "SELECT path, mode, uid FROM file WHERE path = '/etc/shadow'",
    "SELECT path, size, mtime FROM file WHERE directory = '/etc/cron.d'",
    "SELECT path FROM file WHERE path LIKE '/home/%/.ssh/authorized_keys'",
  ],

  *rows(machine, scan) {
    // A name that a folder lists exists; one that was asked for must be looked at.
    const listedNames = scan.texts('path') === undefined
    const namesAlone = listedNames && !others.some((name) => scan.uses(name))
    for (const { host, pid } of viewsOf(machine, scan)) {
      const namespace = scan.uses('mount_namespace_id') ? mountNamespaceOf(machine, pid) : null
      const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
      for (const { path, directory } of scannedPaths(host, scan, skip)) {
        const place = {
          path,
          directory,
          filename: nameOf(path),
          pid_with_namespace: pid,
          mount_namespace_id: namespace,
        }
        if (namesAlone) {
          yield place
          continue
        }
        try {
          const { stat, symlink } = lookAt(host, path)
          yield {
            ...place,
            inode: stat.ino,
            uid: stat.uid,
            gid: stat.gid,
            mode: modeText(stat),
            device: stat.dev,
            size: stat.size,
            block_size: stat.blksize,
            atime: seconds(stat.atimeNs),
            mtime: seconds(stat.mtimeNs),
            ctime: seconds(stat.ctimeNs),
            btime: seconds(stat.birthtimeNs),
            hard_links: stat.nlink,
            symlink,
            type: typeName(stat),
            symlink_target_path: symlink && scan.uses('symlink_target_path') ? linkTarget(host, path) : '',
          }
        } catch (error) {
          if (!isAbsent(error)) skip(path, error)
        }
      }
    }
  },
})

/** Whole seconds, rounded down also before 1970, as the kernel does. */
function seconds(nanos: bigint): bigint {
  const whole = nanos / 1_000_000_000n
  return nanos < 0n && whole * 1_000_000_000n !== nanos ? whole - 1n : whole
}
