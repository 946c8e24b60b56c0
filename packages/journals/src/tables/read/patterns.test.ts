import files from '@quarry/schema/journals/sophos_file_journal'
import { expect, test } from 'vitest'
import { openJournalReader } from '../../store/store.ts'
import { openJournals } from '../testing/open-journals.ts'

const paths = [
  '/etc/passwd',
  '/ETC/Passwd',
  '/etc/hosts.d/a_b',
  '/etc/hosts.d/aXb',
  '/tmp/x%y',
  '/tmp/[a]',
  '/tmp/ä',
  '/tmp/😀.txt',
  '/tmp/a-b.c+d$(e)|f',
  '/tmp/line\nbreak',
  '',
  '/tmp/ends\0here',
  null,
]
const likes = [
  '/etc/%',
  '%passwd',
  '/etc/hosts.d/a_b',
  '%[%]%',
  '/tmp/_',
  '/tmp/_.txt',
  '%$(e)|f',
  '%.C+%',
  '/tmp/ends',
  '',
]
const globs = ['/etc/*', '*[Pp]asswd', '/tmp/[[]a]', '/tmp/?', '*a-b.c+*', '/tmp/[^a]*', '/tmp/[', '*\n*']

test.each(['open', 'closed'])(
  'LIKE and GLOB find the same as without any help in a period that is %s',
  async (state) => {
    using journals = await openJournals({ period: { events: state === 'open' ? 1000 : paths.length } })
    for (const [index, path] of paths.entries())
      journals.writer.append(files, Date.now() - index, { sophos_pid: `1:${index}`, path })
    journals.writer.flush()
    while (journals.writer.maintain());
    const found: Record<string, [unknown[], unknown[]]> = {}
    for (const [op, all] of [['LIKE', likes] as const, ['GLOB', globs] as const])
      for (const pattern of all) {
        const rows = (column: string) =>
          journals
            .all(
              `SELECT path FROM sophos_file_journal WHERE time > 0 AND ${column} ${op} '${pattern}' ORDER BY path`,
            )
            .map(({ path }) => path)
        found[`${op} ${pattern}`] = [rows('path'), rows('(path || substr(time, 1, 0))')]
      }
    for (const [pattern, [helped, alone]] of Object.entries(found)) expect(helped, pattern).toEqual(alone)
    expect(found['LIKE /etc/%']![0]).toEqual([
      '/ETC/Passwd',
      '/etc/hosts.d/aXb',
      '/etc/hosts.d/a_b',
      '/etc/passwd',
    ])
    expect(found['GLOB *[Pp]asswd']![0]).toEqual(['/ETC/Passwd', '/etc/passwd'])
  },
)

test('rows that cannot match are not made, and blocks without any are left unread', async () => {
  using journals = await openJournals({ period: { events: 50 } })
  for (let index = 0; index < 100; index++)
    journals.writer.append(files, Date.now() - index, { path: `/home/${index < 50 ? 'a' : 'b'}/${index}` })
  journals.writer.flush()
  while (journals.writer.maintain());
  const reader = openJournalReader(journals.folder)
  const columns = ['path']
  const scan = (expression: RegExp) =>
    [...reader.scan('File', { columns, patterns: [{ columns: ['path'], expressions: [expression] }] })].map(
      ({ row }) => row.path,
    )
  expect(scan(/^\/home\/b\/7/)).toEqual(Array.from({ length: 10 }, (_, index) => `/home/b/${70 + index}`))
  expect(scan(/^\/srv/)).toEqual([])
  const never = [{ columns: ['file_id'], expressions: [/./] }]
  expect([...reader.scan('File', { columns, patterns: never })]).toEqual([])
})
