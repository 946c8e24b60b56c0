import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './disk_encryption.ts'

const luks = Buffer.alloc(20_480)
luks.write('LUKS\xba\xbe\0\x02', 0, 'latin1')
luks.writeBigUInt64BE(16_384n, 8)
luks.write('5d2f3c1e-0a0b-4c0d-8e0f-000000000009', 168)
luks.write(
  JSON.stringify({
    keyslots: { 0: { area: { encryption: 'other' } } },
    segments: { 0: { type: 'crypt', encryption: 'aes-xts-plain64' } },
  }),
  4096,
)

test('knows LUKS, what is mapped onto it, and what is plain', async () => {
  const machine = await openRoot([table], {
    '/sys/class/block/sda/size': '40',
    '/sys/class/block/dm-0/size': '8',
    '/sys/class/block/dm-0/dm/name': 'vault',
    '/sys/class/block/dm-0/dm/uuid': 'CRYPT-LUKS2-5d2f3c1e0a0b4c0d8e0f000000000009-vault',
    '/sys/class/block/dm-0/slaves/sda/size': '40',
    '/sys/class/block/sdb/size': '8',
    '/dev/sda': luks,
    '/dev/mapper/vault': Buffer.alloc(4096),
    '/dev/sdb': Buffer.alloc(4096),
  })
  const encrypted = { encrypted: 1, type: 'aes-xts-plain64', encryption_status: 'encrypted' }
  expect(machine.all('SELECT * FROM disk_encryption ORDER BY name')).toEqual([
    { name: '/dev/mapper/vault', uuid: '', ...encrypted },
    { name: '/dev/sda', uuid: '5d2f3c1e-0a0b-4c0d-8e0f-000000000009', ...encrypted },
    { name: '/dev/sdb', uuid: '', encrypted: 0, type: '', encryption_status: 'not encrypted' },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
  machine.close()
})
