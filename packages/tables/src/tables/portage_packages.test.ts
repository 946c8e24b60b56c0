import { afterAll, expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './portage_packages.ts'

const folder = '/var/db/pkg/dev-lang/python-3.11.9_p2-r1'
const machine = await openRoot([table], {
  [`${folder}/SLOT`]: '3.11\n',
  [`${folder}/BUILD_TIME`]: '1700000000\n',
  [`${folder}/repository`]: 'gentoo\n',
  [`${folder}/EAPI`]: '8\n',
  [`${folder}/SIZE`]: '123456\n',
  '/var/db/pkg/sys-libs/zlib-ng-2.1.6/SLOT': '0/2\n',
  '/var/lib/portage/world': 'dev-lang/python:3.11\n',
})
afterAll(() => machine.close())

test('reads what Portage keeps of a package', () => {
  expect(machine.all('SELECT * FROM portage_packages')).toEqual([
    {
      package: 'dev-lang/python',
      version: '3.11.9_p2-r1',
      slot: '3.11',
      build_time: 1700000000,
      repository: 'gentoo',
      eapi: 8,
      size: 123456,
      world: 1,
    },
    {
      package: 'sys-libs/zlib-ng',
      version: '2.1.6',
      slot: '0/2',
      build_time: 0,
      repository: '',
      eapi: 0,
      size: 0,
      world: 0,
    },
  ])
  expect(emptyColumns(machine, table)).toEqual([])
})
