import { column, defineTable } from '../define-table.ts'
import { configuredControls, controlsOf } from '../system/controls.ts'

export default defineTable({
  name: 'system_controls',
  description:
    'Settings of the running kernel below /proc/sys, and what the configuration files set them to.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the setting as sysctl writes it, such as net.ipv4.ip_forward.', {
      index: true,
    }),
    oid: column.text('Number of the setting; always empty on Linux, which has names alone.', {
      additional: true,
    }),
    subsystem: column.text('First part of the name, such as net.', { additional: true }),
    current_value: column.text('Value in force; NULL for a setting that can only be written.'),
    config_value: column.text('Value that the files of sysctl.d give it at boot; empty for none.'),
    type: column.text('Type of the value; always string on Linux.'),
  },
  examples: [
    "SELECT current_value FROM system_controls WHERE name = 'kernel.randomize_va_space'",
    "SELECT name, current_value FROM system_controls WHERE subsystem = 'net' AND name LIKE '%forward%'",
  ],
  estimatedRows: 1200,

  *rows(host, scan) {
    const configured = scan.uses('config_value') ? configuredControls(host, scan) : new Map<string, string>()
    const oids = scan.texts('oid')
    if (oids && !oids.includes('')) return
    for (const { name, path } of controlsOf(host, scan, scan.texts('name'), scan.texts('subsystem')))
      yield {
        name,
        oid: '',
        subsystem: name.split('.', 1)[0]!,
        current_value: scan.uses('current_value') ? currentValue(path) : null,
        config_value: configured.get(name) ?? '',
        type: 'string',
      }

    function currentValue(path: string): string | null {
      try {
        return host.read(path, 64 << 10).replace(/\n$/, '')
      } catch {
        // It can only be written, or belongs to something that is gone or off.
        return null
      }
    }
  },
})
