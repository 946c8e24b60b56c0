import { expect, test } from 'vitest'
import { openMachine, printed } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './block_devices.ts'

const image = Buffer.alloc(4096)
image.writeUInt16LE(0xef53, 1080)
image.writeUInt32LE(0x40, 1024 + 0x60)
image.write('0123456789abcdef', 1024 + 0x68, 'latin1')
image.write('data', 1024 + 0x78)

test('takes what udev found, or else looks at the first blocks', async () => {
  const machine = await openRoot([table], {
    '/sys/class/block/sda/dev': '8:0',
    '/sys/class/block/sda/size': '2048',
    '/sys/class/block/sda/device/vendor': 'ATA     ',
    '/sys/class/block/sda/device/model': 'Disk 1',
    '/sys/class/block/sda/queue/logical_block_size': '4096',
    '/run/udev/data/b8:0':
      'E:ID_SERIAL_SHORT=S1\nE:ID_FS_TYPE=xfs\nE:ID_FS_UUID=aa-bb\nE:ID_FS_LABEL=root\nS:disk\n',
    '/sys/class/block/dm-0/dev': '253:0',
    '/sys/class/block/dm-0/size': '8',
    '/sys/class/block/dm-0/dm/name': 'vault',
    '/sys/class/block/dm-0/slaves/sda/dev': '8:0',
    '/dev/mapper/vault': image,
  })
  expect(machine.all("SELECT * FROM block_devices WHERE name = '/dev/sda'")).toEqual([
    {
      name: '/dev/sda',
      parent: '',
      vendor: 'ATA',
      model: 'Disk 1',
      serial: 'S1',
      size: 256,
      block_size: 4096,
      uuid: 'aa-bb',
      type: 'xfs',
      label: 'root',
    },
  ])
  expect(
    machine.all("SELECT parent, uuid, type, label FROM block_devices WHERE name = '/dev/mapper/vault'"),
  ).toEqual([
    { parent: '/dev/sda', uuid: '30313233-3435-3637-3839-616263646566', type: 'ext4', label: 'data' },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
  machine.close()
})

const lsblk = printed('lsblk', '-J', '-b', '-l', '-o', 'PATH,SIZE')
test.skipIf(!lsblk)('agrees with lsblk (skipped where there is none)', async () => {
  const machine = await openMachine([table])
  const sizes = new Map(
    machine
      .all('SELECT name, size * block_size AS bytes FROM block_devices')
      .map((row) => [row.name, row.bytes]),
  )
  machine.close()
  const expected: { path: string; size: number }[] = JSON.parse(lsblk ?? '{}').blockdevices
  expect(expected.map(({ path }) => ({ path, size: sizes.get(path) }))).toEqual(expected)
})
