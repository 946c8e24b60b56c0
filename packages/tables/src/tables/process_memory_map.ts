import { column, defineTable } from '../define-table.ts'
import { attempt } from '../proc/attempt.ts'
import { askedPids } from '../proc/pids.ts'

const LINE = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) ([0-9a-f]+) ([0-9a-f]+:[0-9a-f]+) (\d+)(?: +(.*))?$/

export default defineTable({
  name: 'process_memory_map',
  description:
    'Regions of memory of processes: programs, libraries and files that are mapped, heaps and stacks.',
  platforms: ['linux'],
  columns: {
    pid: column.integer('Id of the process.', { index: true }),
    start: column.text('First address, in hex with `0x`.'),
    end: column.text('Address behind the last one, in hex with `0x`.'),
    permissions: column.text(
      'What the process may do there: r reads, w writes, x runs; p is private, s is shared.',
    ),
    offset: column.bigint('Where in the file the region begins, in bytes.'),
    device: column.text('Major and minor number of the file’s device, in hex.'),
    inode: column.integer('Inode of the file; 0 without one.'),
    path: column.text('Path of the file, or a name such as `[heap]`; empty for anonymous memory.', {
      pivotType: 'filePath',
    }),
    pseudo: column.integer('1 when the path is a name and no file, else 0.'),
  },
  examples: [
    "SELECT DISTINCT pid, path FROM process_memory_map WHERE pid = 1 AND path LIKE '%.so%'",
    "SELECT pid, start, permissions FROM process_memory_map WHERE permissions LIKE 'rwx%' AND path = ''",
  ],
  estimatedRows: 20_000,

  *rows(host, scan) {
    for (const pid of askedPids(host, scan, scan.integers('pid'))) {
      const text = attempt(scan, () => host.read(`/proc/${pid}/maps`, 64 << 20)) ?? ''
      for (const line of text.split('\n')) {
        const found = LINE.exec(line)
        if (!found) continue
        const [, start, end, permissions, offset, device, inode, path = ''] = found
        yield {
          pid,
          start: `0x${start}`,
          end: `0x${end}`,
          permissions,
          offset: BigInt(`0x${offset}`),
          device,
          inode: BigInt(inode!),
          path,
          pseudo: inode === '0' && path !== '',
        }
      }
    }
  },
})
