import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './sudoers.ts'

const fixture = await openFixture([table])

test('reads rules, joined lines, user ids, and what is included', () => {
  expect(fixture.all('SELECT header, rule_details FROM sudoers')).toEqual([
    { header: 'Defaults', rule_details: 'env_reset' },
    { header: 'Defaults', rule_details: 'secure_path="/usr/sbin:/usr/bin"' },
    { header: 'root', rule_details: 'ALL=(ALL:ALL) ALL' },
    { header: '%sudo', rule_details: 'ALL=(ALL:ALL) ALL' },
    { header: '#1001', rule_details: 'ALL=(www-data) NOPASSWD: /usr/bin/id' },
    { header: '@includedir', rule_details: '/etc/sudoers.d' },
    { header: 'deploy', rule_details: 'ALL=(root) NOPASSWD: /usr/bin/systemctl restart nginx' },
  ])
  expect(fixture.all("SELECT source FROM sudoers WHERE header = 'deploy'")).toEqual([
    { source: '/etc/sudoers.d/deploy' },
  ])
})

test('files that include each other end, and a device without sudo says so', async () => {
  const loop = await openRoot([table], {
    '/etc/sudoers': '#include "more rules"\n',
    '/etc/more rules': 'ada ALL=(ALL) ALL\n@include /etc/sudoers\n',
  })
  expect(loop.all('SELECT header, source FROM sudoers')).toEqual([
    { header: '#include', source: '/etc/sudoers' },
    { header: 'ada', source: '/etc/more rules' },
    { header: '@include', source: '/etc/more rules' },
  ])
  loop.close()
  const bare = await openRoot([table], {})
  expect(bare.all('SELECT * FROM sudoers')).toEqual([])
  expect(bare.lastWarnings).toEqual([
    { code: 'table_unavailable', message: 'The device has no sudoers file.' },
  ])
  bare.close()
})
