import { expect, test } from 'vitest'
import { openRoot } from '../testing/root-folder.ts'
import table from './selinux_settings.ts'

test('reads mode, booleans, capabilities and permissions', async () => {
  const top = '/sys/fs/selinux'
  const machine = await openRoot([table], {
    [`${top}/enforce`]: '1',
    [`${top}/policyvers`]: '33',
    [`${top}/booleans/httpd_enable_homedirs`]: '0 0',
    [`${top}/booleans/virt_use_nfs`]: '1 1',
    [`${top}/policy_capabilities/open_perms`]: '1',
    [`${top}/class/process/perms/fork`]: '1',
  })
  expect(machine.all('SELECT * FROM selinux_settings')).toEqual([
    { scope: '', key: 'enforce', value: '1' },
    { scope: '', key: 'policyvers', value: '33' },
    { scope: 'booleans', key: 'httpd_enable_homedirs', value: 'off' },
    { scope: 'booleans', key: 'virt_use_nfs', value: 'on' },
    { scope: 'policy_capabilities', key: 'open_perms', value: '1' },
    { scope: 'class', key: 'process/perms', value: 'fork' },
  ])
  machine.close()
})

test('says so where SELinux is not active', async () => {
  const machine = await openRoot([table], {})
  expect(machine.all('SELECT * FROM selinux_settings')).toEqual([])
  expect(machine.lastWarnings).toEqual([
    { code: 'table_unavailable', message: 'SELinux is not active on the device.' },
  ])
  machine.close()
})
