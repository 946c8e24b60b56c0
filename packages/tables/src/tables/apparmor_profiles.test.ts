import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './apparmor_profiles.ts'

const top = '/sys/kernel/security/apparmor/policy/profiles'

test('reads profiles and those that lie in them', async () => {
  const machine = await openRoot([table], {
    [`${top}/usr.sbin.cupsd.3/name`]: '/usr/sbin/cupsd\n',
    [`${top}/usr.sbin.cupsd.3/attach`]: '/usr/sbin/cupsd\n',
    [`${top}/usr.sbin.cupsd.3/mode`]: 'enforce\n',
    [`${top}/usr.sbin.cupsd.3/sha1`]: 'a1\n',
    [`${top}/usr.sbin.cupsd.3/sha256`]: 'b2\n',
    [`${top}/usr.sbin.cupsd.3/profiles/third_party.2/name`]: 'third_party\n',
    [`${top}/usr.sbin.cupsd.3/profiles/third_party.2/mode`]: 'complain\n',
  })
  expect(machine.all('SELECT * FROM apparmor_profiles')).toEqual([
    {
      path: '/usr/sbin/cupsd',
      name: '/usr/sbin/cupsd',
      attach: '/usr/sbin/cupsd',
      mode: 'enforce',
      sha1: 'a1',
      sha256: 'b2',
    },
    {
      path: '/usr/sbin/cupsd//third_party',
      name: 'third_party',
      attach: '',
      mode: 'complain',
      sha1: '',
      sha256: '',
    },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
  machine.close()
})
