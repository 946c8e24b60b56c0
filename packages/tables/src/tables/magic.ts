import { column, defineTable } from '../define-table.ts'
import { type Magic, type MagicKind, openMagic } from '../files/libmagic.ts'
import { type PathScan, scannedPaths } from '../files/paths.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { errorCode } from '../host/system-error.ts'

const kinds = ['data', 'mime_type', 'mime_encoding'] as const satisfies MagicKind[]

export default defineTable({
  name: 'magic',
  description:
    'What files are by their contents, as file(1) says it. It needs libmagic, which nearly every distribution has; without it the table is empty.',
  platforms: ['linux'],
  columns: {
    path: column.text('Path of the file, as it was asked for.', {
      index: true,
      required: true,
      pivotType: 'filePath',
    }),
    magic_db_files: column.text(
      'Files with rules, separated by colons, to be used instead of the system’s; empty for those.',
      { additional: true },
    ),
    data: column.text('What the file is, in words.'),
    mime_type: column.text('Type of the contents, such as application/x-pie-executable.'),
    mime_encoding: column.text('Encoding of the contents: us-ascii, utf-8, binary, ….'),
  },
  examples: [
    "SELECT path, data FROM magic WHERE path = '/bin/sh'",
    "SELECT path, mime_type FROM magic WHERE path LIKE '/tmp/%' AND mime_type LIKE 'application/x-%'",
  ],
  estimatedRows: 100,

  *rows(host, scan) {
    const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
    const used = kinds.filter((kind) => scan.uses(kind))
    const byPath: PathScan = {
      texts: (name) => (name === 'path' ? scan.texts(name) : undefined),
      constraints: (name) => (name === 'path' ? scan.constraints(name) : []),
    }
    for (const rules of scan.texts('magic_db_files') ?? ['']) {
      // Rules are read by the library itself; what the host refuses, it must not see.
      if (!rules.split(':').every((path) => path === '' || readable(path))) continue
      const magic = openMagic(rules || null)
      if (!magic) {
        scan.warn(
          magic === null
            ? 'libmagic could not load its rules; the table magic is empty.'
            : 'libmagic is not installed on this device; the table magic is empty.',
          'table_unavailable',
        )
        return
      }
      try {
        for (const { path } of scannedPaths(host, byPath, skip)) {
          const said = describe(magic, path)
          if (said) yield { path, magic_db_files: rules, ...said }
        }
      } finally {
        magic.close()
      }
    }

    function readable(path: string): boolean {
      try {
        return host.stat(path).isFile()
      } catch (error) {
        skip(path, error)
        return false
      }
    }

    function describe(magic: Magic, path: string): Partial<Record<MagicKind, string>> | undefined {
      try {
        if (used.length === 0) return host.stat(path).isFile() ? {} : undefined
        const file = host.open(path)
        try {
          return Object.fromEntries(used.map((kind) => [kind, magic.of(file.fd, kind) ?? '']))
        } finally {
          file.close()
        }
      } catch (error) {
        // Neither folders nor devices are read.
        if (!isAbsent(error) && !['EISDIR', 'EINVAL'].includes(errorCode(error) ?? '')) skip(path, error)
        return undefined
      }
    }
  },
})
