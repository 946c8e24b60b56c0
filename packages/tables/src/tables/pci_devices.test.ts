import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './pci_devices.ts'

const ids = `# a comment
1af4  Red Hat, Inc.
\t1041  Virtio 1.0 network device
\t\t1af4 1100  QEMU Virtual Machine
C 02  Network controller
\t00  Ethernet controller
\t\t00  An interface
C 0c  Serial bus controller
\t00  FireWire
`
const slot = '/sys/bus/pci/devices/0000:00:01.0'
const card = {
  [`${slot}/class`]: '0x020000\n',
  [`${slot}/vendor`]: '0x1af4\n',
  [`${slot}/device`]: '0x1041\n',
  [`${slot}/subsystem_vendor`]: '0x1af4\n',
  [`${slot}/subsystem_device`]: '0x1100\n',
}
const facts = {
  pci_slot: '0000:00:01.0',
  driver: '',
  vendor_id: '0x1af4',
  model_id: '0x1041',
  pci_class_id: '0x02',
  pci_subclass_id: '0x00',
  subsystem_vendor_id: '0x1af4',
  subsystem_model_id: '0x1100',
}

test('names devices by the list of the machine', async () => {
  const machine = await openRoot([table], { ...card, '/usr/share/misc/pci.ids': ids })
  expect(machine.all('SELECT * FROM pci_devices')).toEqual([
    {
      ...facts,
      pci_class: 'Network controller',
      pci_subclass: 'Ethernet controller',
      vendor: 'Red Hat, Inc.',
      model: 'Virtio 1.0 network device',
      subsystem_vendor: 'Red Hat, Inc.',
      subsystem_model: 'QEMU Virtual Machine',
    },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
  machine.close()
})

test('names them by udev where there is no list, and not at all where there is neither', async () => {
  const machine = await openRoot([table], {
    ...card,
    '/run/udev/data/+pci:0000:00:01.0':
      'E:ID_VENDOR_FROM_DATABASE=Red Hat\nE:ID_PCI_CLASS_FROM_DATABASE=Net\n',
  })
  expect(machine.all('SELECT * FROM pci_devices')).toEqual([
    {
      ...facts,
      pci_class: 'Net',
      pci_subclass: '',
      vendor: 'Red Hat',
      model: '',
      subsystem_vendor: '',
      subsystem_model: '',
    },
  ])
  machine.close()
})

const folder = '/sys/bus/pci/devices'
const slots = (() => {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
})()
test.skipIf(slots.length === 0)(
  'shows the devices of this machine (skipped where there are none)',
  async () => {
    const machine = await openMachine([table])
    const expected = slots.map((name) => ({
      pci_slot: name,
      vendor_id: readFileSync(`${folder}/${name}/vendor`, 'utf8').trim(),
    }))
    expect(machine.all('SELECT pci_slot, vendor_id FROM pci_devices ORDER BY pci_slot')).toEqual(expected)
    machine.close()
  },
)
