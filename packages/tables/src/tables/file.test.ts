import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import file from './file.ts'
import users from './users.ts'

const fixture = await openFixture([file, users])
const folder = mkdtempSync(join(tmpdir(), 'quarry-file-'))
mkdirSync(join(folder, 'data'))
writeFileSync(join(folder, 'data/secret'), 'secret')
const machine = await openMachine([file], { dataDirs: [join(folder, 'data')] })
const paths = (sql: string, from = fixture) => from.all(sql).map((row) => row.path)

afterAll(() => {
  machine.close()
  rmSync(folder, { recursive: true })
})

test('finds a path as it was asked for', () => {
  const [row] = fixture.all("SELECT * FROM file WHERE path = '/usr/local/bin/backup'")
  expect(row).toMatchObject({
    path: '/usr/local/bin/backup',
    directory: '/usr/local/bin',
    filename: 'backup',
    mode: '0755',
    size: 57,
    hard_links: 1,
    symlink: 0,
    type: 'regular',
    symlink_target_path: '',
  })
  for (const [name, value] of Object.entries(row ?? {})) expect(value, name).not.toBeNull()
})

test('takes several paths, and leaves out what does not exist', () => {
  expect(
    paths(
      "SELECT path FROM file WHERE path IN ('/etc/hosts', '/etc/nothing', '/etc/passwd', '', 'etc/hosts')",
    ),
  ).toEqual(['/etc/hosts', '/etc/passwd'])
  expect(fixture.lastWarnings).toEqual([])
})

test('lists a folder, with its hidden files', () => {
  expect(paths("SELECT path FROM file WHERE directory = '/home/ada'")).toEqual([
    '/home/ada/.bash_history',
    '/home/ada/.ssh',
    '/home/ada/notes.txt',
  ])
  expect(fixture.all("SELECT path, directory FROM file WHERE directory = '/etc/cron.d/'")).toEqual([
    { path: '/etc/cron.d/backup', directory: '/etc/cron.d/' },
  ])
})

test('a `%` stays within one level', () => {
  expect(paths("SELECT path FROM file WHERE path LIKE '/home/%/.ssh/auth%'")).toEqual([
    '/home/ada/.ssh/authorized_keys',
    '/home/deploy/.ssh/authorized_keys',
  ])
  expect(paths("SELECT path FROM file WHERE path LIKE '/home/%'")).toEqual(['/home/ada', '/home/deploy'])
})

test('a `%%` goes to all levels below, in no symlink', () => {
  expect(paths("SELECT path FROM file WHERE path LIKE '/home/deploy/%%'")).toEqual([
    '/home/deploy/.ssh',
    '/home/deploy/.ssh/authorized_keys',
    '/home/deploy/current',
    '/home/deploy/old',
    '/home/deploy/release',
    '/home/deploy/release/app.js',
    '/home/deploy/release/lib',
    '/home/deploy/release/lib/start.js',
    '/home/deploy/release/lib/up',
  ])
  expect(paths("SELECT path FROM file WHERE path LIKE '/home/%%.js'")).toEqual([
    '/home/deploy/release/app.js',
    '/home/deploy/release/lib/start.js',
  ])
})

test('directory takes a pattern, GLOB works, and several patterns all hold', () => {
  expect(paths("SELECT path FROM file WHERE directory LIKE '/home/%/.ssh'")).toHaveLength(2)
  expect(paths("SELECT path FROM file WHERE path GLOB '/etc/[hm]*' AND filename LIKE 'h%'")).toEqual([
    '/etc/hostname',
    '/etc/hosts',
  ])
  expect(paths("SELECT path FROM file WHERE path LIKE '/home/ada/%' AND path LIKE '%.txt'")).toEqual([
    '/home/ada/notes.txt',
  ])
})

test('is joined by path and by folder', () => {
  expect(
    fixture.all(
      'SELECT u.username, f.filename FROM users u JOIN file f ON f.directory = u.directory WHERE u.uid >= 1000',
    ),
  ).toContainEqual({ username: 'ada', filename: 'notes.txt' })
  expect(paths('SELECT f.path FROM users u JOIN file f ON f.path = u.directory WHERE u.uid = 1001')).toEqual([
    '/home/deploy',
  ])
})

test('a symlink shows what it leads to, and one that leads nowhere itself', () => {
  expect(
    fixture.all(
      "SELECT filename, type, symlink, symlink_target_path AS target FROM file WHERE path LIKE '/home/deploy/%' AND symlink = 1",
    ),
  ).toEqual([
    { filename: 'current', type: 'directory', symlink: 1, target: '/home/deploy/release' },
    { filename: 'old', type: 'symlink', symlink: 1, target: '/home/deploy/release-40' },
  ])
  expect(fixture.all("SELECT size FROM file WHERE path = '/etc/nginx/sites-enabled/default'")).toEqual(
    fixture.all("SELECT size FROM file WHERE path = '/etc/nginx/sites-available/default'"),
  )
})

test('without a path or folder it gives no rows and a warning', () => {
  expect(fixture.all('SELECT * FROM file')).toEqual([])
  expect(fixture.lastWarnings.map(({ code }) => code)).toEqual(['required_column'])
  expect(fixture.all("SELECT * FROM file WHERE path LIKE '%passwd'")).toEqual([])
  expect(fixture.lastWarnings.map(({ code }) => code)).toEqual(['partial'])
})

test('the data folder of Quarry is closed, and the result says so', () => {
  expect(paths(`SELECT path FROM file WHERE path = '${folder}/data/secret'`, machine)).toEqual([])
  expect(machine.lastWarnings).toEqual([
    {
      code: 'partial',
      message: `${folder}/data/secret could not be read and is left out: Quarry does not read its own data.`,
    },
  ])
  expect(paths(`SELECT path FROM file WHERE path LIKE '${folder}/%%'`, machine)).not.toContain(
    `${folder}/data/secret`,
  )
})

test('tells every kind of file, and times before 1970', async () => {
  const kinds = join(folder, 'kinds')
  mkdirSync(kinds)
  writeFileSync(join(kinds, 'regular'), 'x')
  chmodSync(join(kinds, 'regular'), 0o4750)
  execFileSync('touch', ['-d', '1969-12-31T23:59:58.5Z', join(kinds, 'regular')])
  linkSync(join(kinds, 'regular'), join(kinds, 'second'))
  symlinkSync('loop', join(kinds, 'loop'))
  execFileSync('mkfifo', [join(kinds, 'fifo')])
  const server = createServer().listen(join(kinds, 'socket'))
  await new Promise((resolve) => server.once('listening', resolve))
  expect(machine.all(`SELECT filename, type FROM file WHERE directory = '${kinds}'`)).toEqual([
    { filename: 'fifo', type: 'fifo' },
    { filename: 'loop', type: 'symlink' },
    { filename: 'regular', type: 'regular' },
    { filename: 'second', type: 'regular' },
    { filename: 'socket', type: 'socket' },
  ])
  expect(machine.all(`SELECT mode, hard_links, mtime FROM file WHERE path = '${kinds}/regular'`)).toEqual([
    { mode: '4750', hard_links: 2, mtime: -2 },
  ])
  expect(machine.all("SELECT type FROM file WHERE path = '/dev/null'")).toEqual([{ type: 'character' }])
  server.close()
})

test('a name that is no UTF-8 is a file like any other', () => {
  const odd = join(folder, 'odd')
  mkdirSync(odd)
  writeFileSync(Buffer.concat([Buffer.from(`${odd}/a`), Buffer.from([0xff])]), '12345')
  expect(machine.all(`SELECT filename, size FROM file WHERE directory = '${odd}'`)).toEqual([
    { filename: 'a\uFFFD', size: 5 },
  ])
})

const format = '%n|%i|%u|%g|%a|%d|%s|%o|%X|%Y|%Z|%W|%h'
const stat = printed('stat', '-L', `--format=${format}`, '/etc/passwd', '/usr/bin/env', '/tmp', '/dev/null')
test.skipIf(!stat)('agrees with stat (skipped where there is none)', () => {
  const rows =
    machine.all(`SELECT path || '|' || inode || '|' || uid || '|' || gid || '|' || ltrim(mode, '0') || '|' || device || '|' ||
    size || '|' || block_size || '|' || atime || '|' || mtime || '|' || ctime || '|' || btime || '|' || hard_links AS line
    FROM file WHERE path IN ('/etc/passwd', '/usr/bin/env', '/tmp', '/dev/null')`)
  const timeless = (line: unknown) =>
    String(line)
      .split('|')
      .filter((_, at) => !String(line).startsWith('/tmp|') || at < 6)
      .join('|')
  expect(rows.map((row) => timeless(row.line)).sort()).toEqual(stat?.trim().split('\n').map(timeless).sort())
})
