import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dns from '@quarry/schema/journals/sophos_dns_journal'
import processes from '@quarry/schema/journals/sophos_process_journal'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { openJournalReader, openJournalWriter } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-journals-'))
const at = Date.UTC(2026, 0, 1)
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a reader sees what was flushed, narrowed by time and by needles, with the columns that it asked for', () => {
  const writer = openJournalWriter(folder)
  const reader = openJournalReader(folder)
  for (let index = 0; index < 10; index++)
    writer.append(processes, at + index, {
      sophos_pid: `${index % 5}:134000000000000000`,
      path: `/bin/${index}`,
      uid: index,
    })
  writer.append(dns, at, { name: 'example.com' })
  writer.flush()
  expect([
    ...reader.scan('Process', {
      columns: ['path', 'uid', 'cmd_line'],
      time: { from: at + 1, to: at + 8 },
      equals: { sophos_pid: ['3:134000000000000000', '4:134000000000000000'] },
    }),
  ]).toEqual([
    { epoch: expect.any(Number), sequence: 4, time: at + 3, row: { path: '/bin/3', uid: 3, cmd_line: null } },
    { epoch: expect.any(Number), sequence: 5, time: at + 4, row: { path: '/bin/4', uid: 4, cmd_line: null } },
    { epoch: expect.any(Number), sequence: 9, time: at + 8, row: { path: '/bin/8', uid: 8, cmd_line: null } },
  ])
  expect([...reader.scan('Process', { columns: [], equals: { path: ['/bin'] } })]).toEqual([])
  expect(reader.states()).toMatchObject([
    { subject: 'Dns', events: 1, firstTime: at, lastTime: at, lostEvents: 0 },
    { subject: 'Process', events: 10, firstTime: at, lastTime: at + 9, lostEvents: 0 },
  ])
  expect(writer.states()).toEqual(reader.states())
  writer.close()
})

test('an event is on disk soon without a flush', async () => {
  const writer = openJournalWriter(folder)
  writer.append(dns, at, { name: 'example.com' })
  await expect
    .poll(() => [...openJournalReader(folder).scan('Dns', { columns: ['name'] })].length, { timeout: 10_000 })
    .toBe(1)
  writer.close()
})

test('positions rise for ever, across a restart, and are read in their order', () => {
  const first = openJournalWriter(folder)
  for (let index = 0; index < 5; index++) first.append(dns, at - index, { name: `n${index}` })
  first.close()
  const second = openJournalWriter(folder)
  for (let index = 5; index < 8; index++) second.append(dns, at - index, { name: `n${index}` })
  second.close()
  const reader = openJournalReader(folder)
  const some = reader.readAfter('Dns', { epoch: 0, sequence: 0 }, 6)
  expect(some.map(({ row }) => row.name)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5'])
  expect(reader.readAfter('Dns', some[5]!, 6).map(({ row }) => row.name)).toEqual(['n6', 'n7'])
  expect(reader.readAfter('Dns', { epoch: some[0]!.epoch + 1, sequence: 0 }, 6)).toEqual([])
  expect(reader.readAfter('Http', { epoch: 0, sequence: 0 }, 6)).toEqual([])
})

test('every value survives exactly', () => {
  const long = 'x'.repeat(2 ** 20)
  const rows = [
    { cmd_line: long, uid: 2 ** 53 - 1 },
    { cmd_line: 'a\0b', uid: 2n ** 63n - 1n },
    { cmd_line: '\ud800 alone', uid: -(2n ** 63n) },
    { cmd_line: '', uid: 0 },
    { cmd_line: null, uid: null },
    { cmd_line: '{"n":"1"}', uid: -1, sophos_pid: 'odd', sha256: 'ABC' },
  ]
  const writer = openJournalWriter(folder)
  for (const row of rows) writer.append(processes, at, row)
  writer.flush()
  const columns = ['cmd_line', 'uid', 'sophos_pid', 'sha256']
  const read = [...openJournalReader(folder).scan('Process', { columns })].map(({ row }) => row)
  expect(read).toEqual(rows.map((row) => ({ sophos_pid: null, sha256: null, ...row })))
  writer.close()
})

test('losses are told by subject and counted', () => {
  const writer = openJournalWriter(folder)
  writer.lose({ subject: 'File', firstTime: at, lastTime: at + 5, events: 7, reason: 'shed' })
  writer.lose({ subject: 'File', firstTime: at + 1, lastTime: at + 9, events: 3, reason: 'shed' })
  writer.close()
  const reader = openJournalReader(folder)
  const loss = { subject: 'File', firstTime: at, lastTime: at + 9, events: 10, reason: 'shed' }
  expect(reader.losses()).toEqual([loss])
  expect(reader.losses({ from: at + 10 })).toEqual([])
  expect(reader.states()).toEqual([{ subject: 'File', events: 0, bytes: 0, lostEvents: 10 }])
})

test('only one writer may be there, and the folder is private', () => {
  const writer = openJournalWriter(folder)
  expect(() => openJournalWriter(folder)).toThrow(/Another process writes/)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const name of ['open-1.db', 'open-1.db-wal', 'manifest.json', 'writer.lock'])
    expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
  writer.close()
  openJournalWriter(folder).close()
})

test('a folder that does not exist yet is empty', () => {
  const reader = openJournalReader(join(folder, 'none'))
  expect([...reader.scan('Dns', { columns: [] })]).toEqual([])
  expect(reader.states()).toEqual([])
  expect(reader.losses()).toEqual([])
})

test('many needles at once find what each of them finds alone, odd texts included', () => {
  const writer = openJournalWriter(folder)
  const names = [
    ...Array.from({ length: 20 }, (_, n) => `n${n}.example`),
    'nul\0.example',
    'lone\ud800',
    'é"\\',
  ]
  for (const [n, name] of names.entries()) writer.append(dns, at + n, { name })
  writer.flush()
  const read = (name: string[]) =>
    [...openJournalReader(folder).scan('Dns', { columns: ['name'], equals: { name } })].map(
      ({ row }) => row.name,
    )
  expect(read(names)).toEqual(names)
  expect(read([...names.slice(10), 'other.example'])).toEqual(names.slice(10))
  writer.close()
})

test('an open period that was begun before its rows had keys is still read whole', () => {
  const first = openJournalWriter(folder)
  first.append(processes, at, { sophos_pid: '1:134000000000000000', path: '/bin/first' })
  first.close()
  const old = new Database(join(folder, 'open-1.db'))
  old.exec('DROP INDEX events_by_key; ALTER TABLE events DROP COLUMN key')
  old.close()
  const second = openJournalWriter(folder)
  second.append(processes, at + 1, { sophos_pid: '1:134000000000000000', path: '/bin/second' })
  second.flush()
  const equals = { sophos_pid: ['1:134000000000000000'] }
  const read = [...openJournalReader(folder).scan('Process', { columns: ['path'], equals })]
  expect(read.map(({ row }) => row.path)).toEqual(['/bin/first', '/bin/second'])
  second.close()
})
