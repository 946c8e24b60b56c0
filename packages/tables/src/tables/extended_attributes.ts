import { column, defineTable } from '../define-table.ts'
import { capabilityText } from '../files/capabilities.ts'
import { scannedPaths } from '../files/paths.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

export default defineTable({
  name: 'extended_attributes',
  description:
    'Extended attributes of files and folders: rights that a program is started with (security.capability), labels of SELinux, and what programs keep there.',
  platforms: ['linux'],
  columns: {
    path: column.text('Path of the file, as it was asked for.', { required: true, pivotType: 'filePath' }),
    directory: column.text('Folder of the file; a constraint on it shows everything in that folder.', {
      required: true,
      pivotType: 'filePath',
    }),
    key: column.text('Name of the attribute, such as security.capability or user.comment.'),
    value: column.text(
      'Its value; rights in words, such as = cap_net_raw+ep, and what is no text in base64.',
    ),
    base64: column.integer('1 when the value is written in base64, else 0.'),
  },
  examples: [
    "SELECT path, value FROM extended_attributes WHERE directory = '/usr/bin' AND key = 'security.capability'",
    "SELECT key, value FROM extended_attributes WHERE path = '/etc/passwd'",
  ],
  estimatedRows: 100,

  *rows(host, scan) {
    const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
    for (const { path, directory } of scannedPaths(host, scan, skip)) {
      try {
        for (const [key, value] of host.attributes(path)) yield { path, directory, key, ...shown(key, value) }
      } catch (error) {
        if (!isAbsent(error)) skip(path, error)
      }
    }
  },
})

function shown(key: string, value: Buffer): { value: string; base64: boolean } {
  const rights = key === 'security.capability' ? capabilityText(value) : undefined
  if (rights !== undefined) return { value: rights, base64: false }
  try {
    // SELinux ends its labels with a NUL.
    const text = utf8.decode(value.at(-1) === 0 ? value.subarray(0, -1) : value)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is no text.
    if (!/[\x00-\x08\x0e-\x1f\x7f]/.test(text)) return { value: text, base64: false }
  } catch {
    // Bytes.
  }
  return { value: value.toString('base64'), base64: true }
}
