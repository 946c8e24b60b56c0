import { afterAll, expect, test } from 'vitest'
import { chromeHome } from '../testing/chrome-home.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './chrome_extension_content_scripts.ts'

const machine = await openRoot([table], chromeHome)
afterAll(() => machine.close())

test('gives a row for each script and pattern', () => {
  expect(
    machine.all('SELECT uid, version, script, match, referenced FROM chrome_extension_content_scripts'),
  ).toEqual(
    ['a.js', 'b.js'].flatMap((script) =>
      ['http://*/*', 'https://*/*'].map((match) => ({
        uid: 1000,
        version: '1.60.0',
        script,
        match,
        referenced: 1,
      })),
    ),
  )
  expect(emptyColumns(machine, table)).toEqual([])
})
