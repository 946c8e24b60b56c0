import { expect, test } from 'vitest'
import { parseInet, parseUnix } from './socket-files.ts'

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const line = (slot: string, uid: string, inode: string) =>
  `${slot}: 0A0200C0:01BB 097100CB:C942 01 00000000:00000000 02:000006D2 00000000 ${uid}        0 ${inode} 2 0000000000000000 20 4\n`

test.each([
  ['   0', '    0'],
  ['  12', ' 1000'],
  ['123456', '4294967294'],
])('reads a line in slot %j of user %j', (slot, uid) => {
  expect(parseInet(header + line(slot, uid, '48213'), 2, 6, '7')).toEqual([
    {
      inode: 48213,
      family: 2,
      protocol: 6,
      localHex: '0A0200C0',
      remoteHex: '097100CB',
      localPort: 443,
      remotePort: 51522,
      state: 1,
      path: '',
      namespace: '7',
    },
  ])
})

test('leaves out what is no line', () => {
  expect(parseInet('', 2, 6, '')).toEqual([])
  expect(parseInet(header, 2, 6, '')).toEqual([])
  const sockets = parseInet(`${header}garbage\n\n   1: 0A0200C0:01\n${line('   2', '    0', '9')}`, 2, 6, '')
  expect(sockets.map((socket) => socket.inode)).toEqual([9])
})

test('reads unix sockets: those that listen, bound datagrams, paths with spaces', () => {
  const text = [
    'Num       RefCount Protocol Flags    Type St Inode Path',
    '0000000000000000: 00000002 00000000 00010000 0001 01 15001 /run/a socket',
    'ffff8880012a4c00: 00000003 00000000 00000000 0001 03 15002 /run/a socket',
    '0000000000000000: 00000002 00000000 00000000 0002 01 15003 @abstract',
    '0000000000000000: 00000002 00000000 00000000 0002 01 15004',
    '00000000: 00000002 00000000 00000000 0001 01     0',
    'a path may hold a newline',
  ].join('\n')
  expect(parseUnix(text, '7').map(({ inode, path, state }) => [inode, path, state])).toEqual([
    [15001, '/run/a socket', 1],
    [15002, '/run/a socket', 0],
    [15003, '@abstract', 1],
    [15004, '', 0],
    [0, '', 0],
  ])
})
