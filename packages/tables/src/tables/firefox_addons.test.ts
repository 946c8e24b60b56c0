import { afterAll, expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './firefox_addons.ts'

const profile = '/home/ada/.mozilla/firefox/x1.default-release'
const machine = await openRoot([table], {
  '/etc/passwd': 'ada:x:1000:1000::/home/ada:/bin/bash\nbob:x:1001:1001::/home/bob:/bin/bash\n',
  [`${profile}/extensions.json`]: JSON.stringify({
    schemaVersion: 36,
    addons: [
      {
        id: 'uBlock0@example.org',
        defaultLocale: { name: 'uBlock', creator: 'Raymond', description: 'Blocks.' },
        type: 'extension',
        version: '1.60.0',
        sourceURI: 'https://addons.example.org/ublock.xpi',
        visible: true,
        active: true,
        userDisabled: false,
        appDisabled: false,
        applyBackgroundUpdates: 1,
        location: 'app-profile',
        path: `${profile}/extensions/uBlock0@example.org.xpi`,
      },
      { id: 'old@example.org', userDisabled: true, applyBackgroundUpdates: 0 },
      'no add-on',
    ],
  }),
  '/home/bob/snap/firefox/common/.mozilla/firefox/p/extensions.json': '{"addons": [',
})
afterAll(() => machine.close())

test('reads the add-ons of a profile', () => {
  expect(machine.all("SELECT * FROM firefox_addons WHERE identifier = 'uBlock0@example.org'")).toEqual([
    {
      uid: 1000,
      name: 'uBlock',
      identifier: 'uBlock0@example.org',
      creator: 'Raymond',
      type: 'extension',
      version: '1.60.0',
      description: 'Blocks.',
      source_url: 'https://addons.example.org/ublock.xpi',
      visible: 1,
      active: 1,
      disabled: 0,
      autoupdate: 1,
      location: 'app-profile',
      path: `${profile}/extensions/uBlock0@example.org.xpi`,
    },
  ])
  expect(
    machine.all(
      "SELECT active, disabled, autoupdate FROM firefox_addons WHERE identifier = 'old@example.org'",
    ),
  ).toEqual([{ active: 0, disabled: 1, autoupdate: 0 }])
  expect(emptyColumns(machine, table)).toEqual([])
})

test('a damaged list is a warning', () => {
  expect(machine.all('SELECT * FROM firefox_addons WHERE uid = 1001')).toEqual([])
  expect(machine.lastWarnings).toEqual([
    {
      code: 'partial',
      message: '/home/bob/snap/firefox/common/.mozilla/firefox/p/extensions.json is no JSON and is left out.',
    },
  ])
})
