import { afterAll, expect, test } from 'vitest'
import { openEngine } from '../engine/engine.ts'
import { openHost } from '../host/open-host.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import { start } from '../testing/tools.ts'
import table from './yara_file.ts'

const rules =
  'rule shell : unix script { strings: $a = "#!/bin/sh" $b = /ev[i]l/ condition: $a and $b } rule small : tiny { condition: filesize < 100 }'
const machine = await openRoot([table], {
  '/srv/a': '#!/bin/sh\necho evil evil\n',
  '/srv/b': 'harmless '.repeat(50),
  '/srv/deep/c': '#!/bin/sh\nevil',
  '/etc/osquery/yara/small.yar': 'rule small { condition: filesize < 100 }',
  '/etc/osquery/yara/wrong.yar': 'rule wrong { condition: $none }',
  '/etc/osquery/yara/include.yar': 'include "/etc/passwd"',
})
afterAll(() => machine.close())
const sigrule = `sigrule = '${rules}'`

test('scans files with the rules in the statement', () => {
  expect(
    machine.all(
      `SELECT path, matches, count, strings, tags FROM yara WHERE path LIKE '/srv/%' AND ${sigrule}`,
    ),
  ).toEqual([
    {
      path: '/srv/a',
      matches: 'shell,small',
      count: 2,
      strings: '$a:0,$b:f,$b:14',
      tags: 'unix,script,tiny',
    },
    { path: '/srv/b', matches: '', count: 0, strings: '', tags: '' },
  ])
  expect(
    machine.all(`SELECT path FROM yara_file WHERE path LIKE '/srv/%%' AND ${sigrule} AND count > 0`),
  ).toEqual([{ path: '/srv/a' }, { path: '/srv/deep/c' }])
  expect(machine.lastWarnings).toEqual([])
})

test('scans with files of rules, and gives a row for each', () => {
  expect(
    machine.all(
      "SELECT path, matches, sigfile FROM yara WHERE path = '/srv/a' AND sigfile IN ('small.yar', '/etc/osquery/yara/small.yar')",
    ),
  ).toEqual([
    { path: '/srv/a', matches: 'small', sigfile: '/etc/osquery/yara/small.yar' },
    { path: '/srv/a', matches: 'small', sigfile: 'small.yar' },
  ])
  expect(
    emptyColumns(
      machine,
      table,
      `(SELECT *, sigrule, sigurl, pid_with_namespace FROM yara WHERE path = '/srv/a' AND ${sigrule})`,
    ),
  ).toEqual([])
})

test('says what is wrong with rules, and that files include no others', () => {
  const warnings = (where: string) => {
    expect(machine.all(`SELECT * FROM yara WHERE path = '/srv/a' AND ${where}`)).toEqual([])
    return machine.lastWarnings.map(({ message }) => message)
  }
  expect(warnings("sigfile = 'wrong.yar'")).toEqual([
    '/etc/osquery/yara/wrong.yar is no rule of YARA: unknown pattern `$none` in line 1, column 25.',
  ])
  expect(warnings("sigfile = 'include.yar'")).toEqual([
    '/etc/osquery/yara/include.yar is no rule of YARA: include statements not allowed in line 1, column 1.',
  ])
  expect(warnings("sigfile = 'none.yar'")).toEqual(['There are no rules in /etc/osquery/yara/none.yar.'])
  expect(warnings("sig_group = 'all'")).toEqual([
    'The group all is not known: the agent has no groups of rules. Give sigfile or sigrule.',
  ])
  expect(warnings("sigurl = 'http://127.0.0.1:1/x.yar'")).toEqual([
    'Rules at an address (sigurl) are off: the policy of this device keeps queries from the network.',
  ])
  expect(warnings('1')).toEqual(['YARA gave no rows: it needs rules in sigrule or sigfile (=, IN).'])
})

const server = `require('node:http').createServer((q, a) => { a.statusCode = q.url === '/x.yar' ? 200 : 404; a.end('rule far { condition: true }') })
  .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`

test('takes rules from an address where the policy lets it', async () => {
  await using web = await start(process.execPath, ['-e', server])
  const host = openHost({ root: machine.root, platform: 'linux', network: true })
  const open = await openEngine({ tables: [table], host })
  const ask = (name: string) =>
    open.all(
      `SELECT matches FROM yara WHERE path = '/srv/a' AND sigurl = 'http://127.0.0.1:${web.line}/${name}'`,
    )
  expect(ask('x.yar')).toEqual([{ matches: 'far' }])
  expect(ask('y.yar')).toEqual([])
  expect(open.lastWarnings.map(({ message }) => message)).toEqual([
    `http://127.0.0.1:${web.line}/y.yar answered 404 and no rules.`,
  ])
  open.close()
  host.close()
})
