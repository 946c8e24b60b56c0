import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './usb_devices.ts'

const device = (name: string, values: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(values).map(([file, value]) => [`/sys/bus/usb/devices/${name}/${file}`, `${value}\n`]),
  )
const stick = {
  busnum: '1',
  devnum: '4',
  idVendor: '0781',
  idProduct: '5581',
  bcdDevice: '0100',
  manufacturer: 'SanDisk',
  product: 'Ultra Stick',
  serial: '4C530001',
  bDeviceClass: '00',
  bDeviceSubClass: '00',
  bDeviceProtocol: '00',
  removable: 'removable',
}
const hub = {
  busnum: '1',
  devnum: '1',
  idVendor: '1d6b',
  idProduct: '0002',
  bcdDevice: '0510',
  bDeviceClass: '09',
  bDeviceSubClass: '00',
  bDeviceProtocol: 'e0',
  removable: 'unknown',
}
const files = {
  ...device('1-2', stick),
  ...device('1-2:1.0', { bInterfaceClass: '08' }),
  ...device('usb1', hub),
}

test('names devices by the list of the machine, else by their own words; interfaces are no devices', async () => {
  const machine = await openRoot([table], {
    ...files,
    '/usr/share/hwdata/usb.ids': '0781  SanDisk Corp.\n\t5581  Ultra\nC 09  Hub\n',
  })
  expect(machine.all('SELECT * FROM usb_devices ORDER BY usb_port')).toEqual([
    {
      usb_address: 1,
      usb_port: 1,
      vendor: '',
      vendor_id: '1d6b',
      version: '0510',
      model: '',
      model_id: '0002',
      serial: '',
      class: '9',
      subclass: '0',
      protocol: '224',
      removable: 0,
    },
    {
      usb_address: 1,
      usb_port: 4,
      vendor: 'SanDisk Corp.',
      vendor_id: '0781',
      version: '0100',
      model: 'Ultra',
      model_id: '5581',
      serial: '4C530001',
      class: '0',
      subclass: '0',
      protocol: '0',
      removable: 1,
    },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
  machine.close()
})

test('takes the words of the device where there is no list', async () => {
  const machine = await openRoot([table], files)
  expect(machine.all('SELECT vendor, model FROM usb_devices WHERE removable = 1')).toEqual([
    { vendor: 'SanDisk', model: 'Ultra Stick' },
  ])
  machine.close()
})

test('a machine without USB has no rows and no warning', async () => {
  const machine = await openRoot([table], { '/sys/bus/pci/x': '' })
  expect(machine.all('SELECT * FROM usb_devices')).toEqual([])
  expect(machine.lastWarnings).toEqual([])
  machine.close()
})
