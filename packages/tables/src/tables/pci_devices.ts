import { column, defineTable } from '../define-table.ts'
import { entriesOf, textOf } from '../files/text-files.ts'
import { deviceNames } from '../hardware/device-names.ts'
import { udevFacts } from '../system/udev.ts'
import { usedValues } from '../used-values.ts'

const folder = '/sys/bus/pci/devices'
const named = ['pci_class', 'pci_subclass', 'vendor', 'model', 'subsystem_vendor', 'subsystem_model'] as const

export default defineTable({
  name: 'pci_devices',
  description:
    'Devices on the PCI buses. Names come from the machine’s own list pci.ids, else from udev; where there is neither they are empty.',
  platforms: ['linux'],
  columns: {
    pci_slot: column.text('Place of the device: domain, bus, device and function.'),
    pci_class: column.text('Name of its class.'),
    driver: column.text('Driver that serves it; empty for none.'),
    vendor: column.text('Name of its vendor.'),
    vendor_id: column.text('Id of its vendor, in hex.'),
    model: column.text('Name of the model.'),
    model_id: column.text('Id of the model, in hex.'),
    pci_class_id: column.text('Id of its class, in hex.'),
    pci_subclass_id: column.text('Id of its subclass, in hex.'),
    pci_subclass: column.text('Name of its subclass.'),
    subsystem_vendor_id: column.text('Id of the maker of the board, in hex.'),
    subsystem_vendor: column.text('Name of the maker of the board.'),
    subsystem_model_id: column.text('Id of the board, in hex.'),
    subsystem_model: column.text('Name of the board.'),
  },
  examples: ['SELECT pci_slot, vendor_id, model_id, driver FROM pci_devices'],
  estimatedRows: 30,

  *rows(host, scan) {
    const names = named.some((name) => scan.uses(name)) ? deviceNames(host, scan, 'pci.ids') : undefined
    for (const { name: slot } of entriesOf(host, scan, folder)) {
      const path = `${folder}/${slot}`
      const read = new Map<string, string>()
      /** An id without its `0x`; its file is read when a column first asks for it. */
      const id = (file: string) => {
        if (!read.has(file))
          read.set(file, (textOf(host, scan, `${path}/${file}`, 64) ?? '').trim().replace(/^0x/, ''))
        return read.get(file)!
      }
      const vendor = () => id('vendor')
      const model = () => id('device')
      const board = () => id('subsystem_vendor')
      const boardModel = () => id('subsystem_device')
      // The class has six digits: class, subclass, interface.
      const main = () => id('class').slice(0, 2)
      const sub = () => id('class').slice(2, 4)
      let udev: Map<string, string> | undefined
      const known = (name: string | undefined, key: string) => {
        if (name !== undefined) return name
        udev ??= udevFacts(host, scan, `+pci:${slot}`)
        return udev.get(key) ?? ''
      }
      const values = {
        pci_slot: () => slot,
        pci_class: () => known(names?.deviceClass(main()), 'ID_PCI_CLASS_FROM_DATABASE'),
        driver: () =>
          host.exists(`${path}/driver`) ? (host.readlink(`${path}/driver`).split('/').at(-1) ?? '') : '',
        vendor: () => known(names?.vendor(vendor()), 'ID_VENDOR_FROM_DATABASE'),
        vendor_id: () => hex(vendor()),
        model: () => known(names?.model(vendor(), model()), 'ID_MODEL_FROM_DATABASE'),
        model_id: () => hex(model()),
        pci_class_id: () => hex(main()),
        pci_subclass_id: () => hex(sub()),
        pci_subclass: () => known(names?.subclass(main(), sub()), 'ID_PCI_SUBCLASS_FROM_DATABASE'),
        subsystem_vendor_id: () => hex(board()),
        subsystem_vendor: () => names?.vendor(board()) ?? '',
        subsystem_model_id: () => hex(boardModel()),
        subsystem_model: () => names?.subsystem(vendor(), model(), board(), boardModel()) ?? '',
      }
      yield usedValues(scan, values)
    }
  },
})

const hex = (digits: string) => (digits ? `0x${digits}` : '')
