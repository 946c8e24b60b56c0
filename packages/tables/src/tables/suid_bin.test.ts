import { chmodSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openMachine, printed } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './suid_bin.ts'

test('finds programs that borrow the rights of owner or group', async () => {
  const owner = `${process.getuid?.()}:${process.getgid?.()}`.split(':')
  const machine = await openRoot([table], {
    '/etc/passwd': `me:x:${owner[0]}:${owner[1]}::/:/bin/sh\n`,
    '/etc/group': `us:x:${owner[1]}:\n`,
    '/usr/bin/su': '',
    '/usr/bin/wall': '',
    '/tmp/deep/down/both': '',
    '/usr/bin/plain': '',
    '/opt/elsewhere': '',
  })
  chmodSync(`${machine.root}/usr/bin/su`, 0o4755)
  chmodSync(`${machine.root}/usr/bin/wall`, 0o2755)
  chmodSync(`${machine.root}/tmp/deep/down/both`, 0o6755)
  chmodSync(`${machine.root}/opt/elsewhere`, 0o4755)
  expect(machine.all('SELECT * FROM suid_bin')).toEqual([
    { path: '/usr/bin/su', username: 'me', groupname: 'us', permissions: 'S' },
    { path: '/usr/bin/wall', username: 'me', groupname: 'us', permissions: 'G' },
    { path: '/tmp/deep/down/both', username: 'me', groupname: 'us', permissions: 'SG' },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
  machine.close()
})

const find = printed('find', '/usr/bin', '/usr/sbin', '-type', 'f', '-perm', '/6000')
test.skipIf(find === undefined)('agrees with find (skipped where there is none)', async () => {
  const machine = await openMachine([table])
  const rows = machine.all(
    "SELECT path FROM suid_bin WHERE path LIKE '/usr/bin/%' OR path LIKE '/usr/sbin/%'",
  )
  machine.close()
  expect(rows.map((row) => row.path).sort()).toEqual(find?.split('\n').filter(Boolean).sort())
})
