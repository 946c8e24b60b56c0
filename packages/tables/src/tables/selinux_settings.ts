import { column, defineTable } from '../define-table.ts'
import { entriesOf, textOf } from '../files/text-files.ts'

/** Files of SELinux’s file system that hold one value. */
const values = ['checkreqprot', 'deny_unknown', 'enforce', 'mls', 'policyvers', 'reject_unknown']

export default defineTable({
  name: 'selinux_settings',
  description:
    'Settings of SELinux that are in force: its mode, booleans, policy capabilities, classes and permissions.',
  platforms: ['linux'],
  columns: {
    scope: column.text('Folder of the setting in SELinux’s file system; empty for the top.'),
    key: column.text('Name of the setting; of a permission its class, such as process/perms.'),
    value: column.text('Value: of a boolean on or off, of a class its permission.'),
  },
  examples: ["SELECT value FROM selinux_settings WHERE key = 'enforce'"],
  estimatedRows: 3000,

  *rows(host, scan) {
    const top = '/sys/fs/selinux'
    if (!host.exists(`${top}/enforce`)) {
      scan.warn('SELinux is not active on the device.', 'table_unavailable')
      return
    }
    const value = (path: string) => textOf(host, scan, `${top}/${path}`, 4096)?.trim() ?? ''
    for (const key of values) if (host.exists(`${top}/${key}`)) yield { scope: '', key, value: value(key) }
    for (const { name } of entriesOf(host, scan, `${top}/booleans`))
      yield { scope: 'booleans', key: name, value: value(`booleans/${name}`).startsWith('1') ? 'on' : 'off' }
    for (const { name } of entriesOf(host, scan, `${top}/policy_capabilities`))
      yield { scope: 'policy_capabilities', key: name, value: value(`policy_capabilities/${name}`) }
    for (const { name } of entriesOf(host, scan, `${top}/class`))
      for (const one of entriesOf(host, scan, `${top}/class/${name}/perms`))
        yield { scope: 'class', key: `${name}/perms`, value: one.name }
  },
})
