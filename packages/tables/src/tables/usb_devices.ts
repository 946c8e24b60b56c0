import { column, defineTable } from '../define-table.ts'
import { entriesOf, textOf } from '../files/text-files.ts'
import { deviceNames } from '../hardware/device-names.ts'

const folder = '/sys/bus/usb/devices'

export default defineTable({
  name: 'usb_devices',
  description:
    'Devices on the USB buses, hubs included. Names come from the machine’s own list usb.ids, else from the device itself.',
  platforms: ['linux'],
  columns: {
    usb_address: column.integer('Number of the bus.'),
    usb_port: column.integer('Number of the device on the bus.'),
    vendor: column.text('Name of the vendor; empty when not known.'),
    vendor_id: column.text('Id of the vendor, four digits of hex.'),
    version: column.text('Release of the device, four digits.'),
    model: column.text('Name of the model; empty when not known.'),
    model_id: column.text('Id of the model, four digits of hex.'),
    serial: column.text('Serial number; empty where it does not say.'),
    class: column.text('Class by number; 0 where each interface of the device has its own.'),
    subclass: column.text('Subclass by number.'),
    protocol: column.text('Protocol by number.'),
    removable: column.integer('1 when the device can be pulled out, else 0.'),
  },
  examples: ['SELECT vendor, model, serial FROM usb_devices WHERE removable = 1'],
  estimatedRows: 12,

  *rows(host, scan) {
    const named = scan.uses('vendor') || scan.uses('model')
    const names = named ? deviceNames(host, scan, 'usb.ids') : undefined
    for (const { name } of entriesOf(host, scan, folder)) {
      // `1-1:1.0` is an interface of the device `1-1`.
      if (name.includes(':')) continue
      const path = `${folder}/${name}`
      const value = (file: string) =>
        host.exists(`${path}/${file}`) ? (textOf(host, scan, `${path}/${file}`, 4096) ?? '').trim() : ''
      const number = (file: string) => String(Number.parseInt(value(file), 16) || 0)
      const [vendor, model] = [value('idVendor'), value('idProduct')]
      yield {
        usb_address: Number(value('busnum')),
        usb_port: Number(value('devnum')),
        vendor: names?.vendor(vendor) ?? value('manufacturer'),
        vendor_id: vendor,
        version: value('bcdDevice'),
        model: names?.model(vendor, model) ?? value('product'),
        model_id: model,
        serial: value('serial'),
        class: number('bDeviceClass'),
        subclass: number('bDeviceSubClass'),
        protocol: number('bDeviceProtocol'),
        removable: value('removable') === 'removable',
      }
    }
  },
})
