import { column, defineTable } from '../define-table.ts'
import { entriesAt, textAt } from '../json/read-json.ts'
import { lxdInstance } from '../lxd/ask-lxd.ts'

export default defineTable({
  name: 'lxd_instance_devices',
  description: 'Devices of an instance of LXD with their settings, those of its profiles included.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the instance.', { index: true, required: true }),
    device: column.text('Name of the device.'),
    device_type: column.text('Kind of the device, such as disk, nic or unix-char.'),
    key: column.text('Name of the setting.'),
    value: column.text('Value of the setting.'),
  },
  examples: [
    "SELECT i.name, d.device, d.value FROM lxd_instances i JOIN lxd_instance_devices d USING (name) WHERE d.device_type = 'disk' AND d.key = 'source'",
  ],
  estimatedRows: 10,

  *rows(host, scan) {
    for (const name of scan.texts('name') ?? []) {
      const instance = lxdInstance(host, scan, name)
      const devices = new Map([...entriesAt(instance, 'devices'), ...entriesAt(instance, 'expanded_devices')])
      for (const [device, settings] of devices) {
        const device_type = textAt(settings, 'type')
        for (const [key, value] of entriesAt(settings))
          if (key !== 'type') yield { name, device, device_type, key, value: String(value) }
      }
    }
  },
})
