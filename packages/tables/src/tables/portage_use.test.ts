import { afterAll, expect, test } from 'vitest'
import { openRoot } from '../testing/root-folder.ts'
import table from './portage_use.ts'

const machine = await openRoot([table], {
  '/var/db/pkg/net-misc/curl-8.9.1/USE': 'ssl http2\n  amd64 \n',
  '/var/db/pkg/net-misc/wget-1.24/SLOT': '0\n',
})
afterAll(() => machine.close())

test('gives a row for each flag', () => {
  expect(machine.all('SELECT * FROM portage_use')).toEqual(
    ['ssl', 'http2', 'amd64'].map((use) => ({ package: 'net-misc/curl', version: '8.9.1', use })),
  )
})
