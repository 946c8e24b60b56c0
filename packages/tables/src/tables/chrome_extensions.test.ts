import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { chromeHome, chromeId, chromeKey } from '../testing/chrome-home.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './chrome_extensions.ts'

const machine = await openRoot([table], chromeHome)
afterAll(() => machine.close())
const profile = '/home/ada/.config/google-chrome/Profile 1'
const path = `${profile}/Extensions/${chromeId}/1.60.0_0`

test('reads an extension that a profile names', () => {
  const [row] = machine.all(
    'SELECT *, permissions_json, key FROM chrome_extensions WHERE referenced = 1 AND uid = 1000',
  )
  const id = createHash('sha256').update('a public key of an extension').digest('hex').slice(0, 32)
  expect(row).toEqual({
    browser_type: 'chrome',
    uid: 1000,
    name: 'Blocker',
    profile: 'Work',
    profile_path: profile,
    referenced_identifier: chromeId,
    identifier: id.replace(/./g, (digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]!),
    version: '1.60.0',
    description: 'Blocks.',
    default_locale: 'en',
    current_locale: 'de',
    update_url: 'https://clients2.example.com/crx',
    author: 'Raymond',
    persistent: 1,
    path,
    permissions: 'tabs, <all_urls>, {"usbDevices":[{"vendorId":10000000000000000000}]}',
    permissions_json: '["tabs","<all_urls>",{"usbDevices":[{"vendorId":10000000000000000000}]}]',
    optional_permissions: 'downloads',
    manifest_hash: createHash('sha256').update(chromeHome[`${path}/manifest.json`]!).digest('hex'),
    referenced: 1,
    from_webstore: 'true',
    state: '1',
    install_time: '13370000000000000',
    install_timestamp: 1725526400,
    key: chromeKey,
  })
  expect(emptyColumns(machine, table)).toEqual([])
})

test('reads one that only lies in the folder', () => {
  expect(
    machine.all(
      'SELECT name, version, referenced_identifier, state FROM chrome_extensions WHERE referenced = 0',
    ),
  ).toEqual([{ name: 'Left over', version: '2.0', referenced_identifier: '', state: '' }])
  expect(machine.all('SELECT * FROM chrome_extensions WHERE uid = 0')).toEqual([])
  expect(machine.lastWarnings).toEqual([])
})
