import { afterAll, expect, test } from 'vitest'
import { openRoot } from '../testing/root-folder.ts'
import table from './portage_keywords.ts'

const machine = await openRoot([table], {
  '/etc/portage/package.accept_keywords/tools':
    '# New tools.\n>=dev-lang/rust-1.80:stable ~amd64 **\napp-misc/jq\n',
  '/etc/portage/package.mask': '~sys-apps/systemd-254::gentoo\n=www-client/chromium-12*\n',
  '/etc/portage/package.unmask': 'dev-db/mysql\n',
})
afterAll(() => machine.close())

test('reads keywords and masks, from files and folders of files', () => {
  expect(machine.all('SELECT * FROM portage_keywords')).toEqual([
    { package: 'dev-lang/rust', version: '>=1.80', keyword: '~amd64', mask: 0, unmask: 0 },
    { package: 'dev-lang/rust', version: '>=1.80', keyword: '**', mask: 0, unmask: 0 },
    { package: 'app-misc/jq', version: '', keyword: '', mask: 0, unmask: 0 },
    { package: 'sys-apps/systemd', version: '~254', keyword: '', mask: 1, unmask: 0 },
    { package: 'www-client/chromium', version: '=12', keyword: '', mask: 1, unmask: 0 },
    { package: 'dev-db/mysql', version: '', keyword: '', mask: 0, unmask: 1 },
  ])
})
