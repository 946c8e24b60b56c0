import { afterAll, expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './vscode_extensions.ts'

const machine = await openRoot([table], {
  '/etc/passwd': 'ada:x:1000:1000::/home/ada:/bin/bash\n',
  '/home/ada/.vscode/extensions/extensions.json': JSON.stringify([
    {
      identifier: { id: 'ms-python.python', uuid: 'f1f59ae4-9318-4f3c-a9b5-81b2eaa5f8a5' },
      version: '2024.22.0',
      location: { $mid: 1, path: '/home/ada/.vscode/extensions/ms-python.python-2024.22.0', scheme: 'file' },
      relativeLocation: 'ms-python.python-2024.22.0',
      metadata: {
        publisherDisplayName: 'Microsoft',
        publisherId: '998b010b-e2af-44a5-a6cd-0b5fd3b9b6f8',
        installedTimestamp: 1733480000000,
        isPreReleaseVersion: true,
      },
    },
    { version: '1' },
  ]),
  '/home/ada/.cursor-server/extensions/extensions.json':
    '[{"identifier":{"id":"me.mine"},"version":"0.1.0","relativeLocation":"me.mine-0.1.0"}]',
})
afterAll(() => machine.close())

test('reads the lists of extensions of every editor', () => {
  expect(machine.all('SELECT * FROM vscode_extensions')).toEqual([
    {
      name: 'ms-python.python',
      uuid: 'f1f59ae4-9318-4f3c-a9b5-81b2eaa5f8a5',
      version: '2024.22.0',
      path: '/home/ada/.vscode/extensions/ms-python.python-2024.22.0',
      publisher: 'Microsoft',
      publisher_id: '998b010b-e2af-44a5-a6cd-0b5fd3b9b6f8',
      installed_at: 1733480000000,
      prerelease: 1,
      uid: 1000,
      vscode_edition: 'vscode',
    },
    {
      name: 'me.mine',
      uuid: '',
      version: '0.1.0',
      path: '/home/ada/.cursor-server/extensions/me.mine-0.1.0',
      publisher: '',
      publisher_id: '',
      installed_at: 0,
      prerelease: 0,
      uid: 1000,
      vscode_edition: 'cursor',
    },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
  expect(machine.all('SELECT * FROM vscode_extensions WHERE uid = 0')).toEqual([])
})
