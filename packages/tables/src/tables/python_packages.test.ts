import { spawnSync } from 'node:child_process'
import { afterAll, expect, test } from 'vitest'
import { openMachine } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './python_packages.ts'

const metadata = (name: string, version: string, more = '') =>
  `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${more}\nSummary: only in the text\n`
const machine = await openRoot([table], {
  '/etc/passwd': 'ada:x:1000:1000::/home/ada:/bin/bash\n',
  '/usr/lib/python3/dist-packages/requests-2.28.1.egg-info/PKG-INFO': metadata(
    'requests',
    '2.28.1',
    'Summary: Python HTTP for Humans.\nAuthor: Kenneth Reitz\nLicense: Apache 2.0\n',
  ),
  '/usr/lib/python3/dist-packages/six-1.16.0.egg-info': metadata('six', '1.16.0', 'Author: Benjamin\n'),
  '/usr/lib/python3/dist-packages/requests/__init__.py': '',
  '/home/ada/.local/lib/python3.11/site-packages/rich-13.0.dist-info/METADATA': metadata(
    'rich',
    '13.0',
    'Author-email: Will <will@example.org>\nLicense-Expression: MIT\n',
  ),
  '/srv/app/venv/lib/site-packages/flask-3.0.dist-info/METADATA': metadata('Flask', '3.0'),
  '/srv/app/venv/lib/site-packages/broken-1.dist-info/METADATA': 'no metadata',
})
afterAll(() => machine.close())

test('reads the packages of the machine and of homes', () => {
  expect(machine.all('SELECT * FROM python_packages')).toEqual([
    {
      name: 'requests',
      uid: 0,
      version: '2.28.1',
      summary: 'Python HTTP for Humans.',
      author: 'Kenneth Reitz',
      license: 'Apache 2.0',
      path: '/usr/lib/python3/dist-packages/requests-2.28.1.egg-info',
      directory: '/usr/lib/python3/dist-packages',
    },
    {
      name: 'six',
      uid: 0,
      version: '1.16.0',
      summary: '',
      author: 'Benjamin',
      license: '',
      path: '/usr/lib/python3/dist-packages/six-1.16.0.egg-info',
      directory: '/usr/lib/python3/dist-packages',
    },
    {
      name: 'rich',
      uid: 1000,
      version: '13.0',
      summary: '',
      author: 'Will <will@example.org>',
      license: 'MIT',
      path: '/home/ada/.local/lib/python3.11/site-packages/rich-13.0.dist-info',
      directory: '/home/ada/.local/lib/python3.11/site-packages',
    },
  ])
  expect(machine.lastWarnings).toEqual([])
  expect(emptyColumns(machine, table)).toEqual([])
})

test('narrows by user and by folder', () => {
  expect(machine.all('SELECT name FROM python_packages WHERE uid = 1000')).toEqual([{ name: 'rich' }])
  expect(
    machine.all("SELECT name, uid FROM python_packages WHERE directory = '/srv/app/venv/lib/site-packages'"),
  ).toEqual([{ name: 'Flask', uid: 0 }])
})

const script =
  'import importlib.metadata as m; print("\\n".join(d.metadata["Name"] for d in m.distributions(path=["/usr/lib/python3/dist-packages"])))'
const listed = spawnSync('/usr/bin/python3', ['-c', script], { encoding: 'utf8' })
test.skipIf(listed.status !== 0 || listed.stdout.trim() === '')(
  'agrees with Python itself (skipped where there is none)',
  async () => {
    const real = await openMachine([table])
    const rows = real.all(
      "SELECT name FROM python_packages WHERE directory = '/usr/lib/python3/dist-packages'",
    )
    real.close()
    expect(rows.map((row) => row.name).sort()).toEqual(listed.stdout.trim().split('\n').sort())
  },
)
