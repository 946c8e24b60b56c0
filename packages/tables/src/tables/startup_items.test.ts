import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './startup_items.ts'

const fixture = await openFixture([table])

test('reads what starts with a session and the scripts of the machine', () => {
  expect(fixture.all('SELECT * FROM startup_items')).toEqual([
    {
      name: 'Updates',
      path: '/usr/bin/update-notifier',
      args: '--quiet',
      type: 'Startup Item',
      source: '/etc/xdg/autostart/updates.desktop',
      status: 'disabled',
      username: 'root',
    },
    {
      name: 'legacy',
      path: '/etc/init.d/legacy',
      args: '',
      type: 'Startup Item',
      source: '/etc/init.d',
      status: 'enabled',
      username: 'root',
    },
    {
      name: 'Helper',
      path: '/opt/my tools/helper',
      args: '--tray "%u"',
      type: 'Startup Item',
      source: '/root/.config/autostart/helper.desktop',
      status: 'enabled',
      username: 'root',
    },
  ])
})
