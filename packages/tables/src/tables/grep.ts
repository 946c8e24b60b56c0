import { column, defineTable } from '../define-table.ts'
import { grepLines } from '../files/grep-lines.ts'
import { scannedPaths } from '../files/paths.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { errorCode } from '../host/system-error.ts'

export default defineTable({
  name: 'grep',
  description:
    'Lines of files that hold a text, exactly and with its case. Needs a path or path pattern and a text; the text is no regular expression.',
  platforms: ['linux'],
  columns: {
    path: column.text('File to search, or a pattern of files with `%` and `%%`.', {
      index: true,
      required: true,
      aliases: ['filepath'],
      pivotType: 'filePath',
    }),
    pattern: column.text('Text to find, with `=` or `IN`; an empty one finds every line.', {
      index: true,
      required: true,
    }),
    line: column.text('The line that holds it; a line longer than 64 KiB comes in pieces.'),
    line_number: column.bigint('Number of the line in the file, counted from 1.'),
  },
  requiresAll: true,
  examples: [
    "SELECT line FROM grep WHERE path = '/etc/ssh/sshd_config' AND pattern = 'PermitRootLogin'",
    "SELECT path, line_number, line FROM grep WHERE path LIKE '/home/%/.bash_history' AND pattern IN ('curl ', 'wget ')",
  ],

  *rows(host, scan) {
    const patterns = scan.texts('pattern')
    if (!patterns || scan.constraints('path').length + (scan.texts('path')?.length ?? 0) === 0) {
      scan.warn('grep gave no rows: it needs a path (=, IN, LIKE) and a pattern (=, IN).', 'required_column')
      return
    }
    const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
    const asked = {
      constraints: () => scan.constraints('path'),
      texts: (name: string) => (name === 'path' ? scan.texts('path') : undefined),
    }
    for (const { path } of scannedPaths(host, asked, skip)) {
      for (const pattern of patterns) {
        try {
          for (const { line, number } of grepLines(host.chunks(path), pattern)) {
            yield { path, pattern, line, line_number: number }
          }
        } catch (error) {
          if (!isAbsent(error) && !['EISDIR', 'EINVAL'].includes(errorCode(error) ?? '')) skip(path, error)
        }
      }
    }
  },
})
