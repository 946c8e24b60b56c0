import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OpenHost, openHost } from './open-host.ts'

let folder = ''
let cacheDir = ''
let host: OpenHost
const old = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const sum = (text: string) => createHash('sha256').update(text).digest('hex')
const rows = () => new Database(join(cacheDir, 'hashes.sqlite')).prepare('SELECT * FROM files').all()
/** The change of a file must be older than a second before its hash is kept. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 1100))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarry-cache-'))
  cacheDir = join(folder, 'cache')
  host = openHost({ cacheDir })
})
afterEach(() => {
  host.close()
  rmSync(folder, { recursive: true })
})

test('keeps what was hashed, adds other algorithms, and serves another process', async () => {
  const path = old('a', 'one')
  await settle()
  expect(host.hash(path, ['sha256'])).toEqual({ sha256: sum('one') })
  expect(rows()).toMatchObject([{ path, md5: null, sha256: sum('one') }])
  host.hash(path, ['md5'])
  expect(rows()).toMatchObject([{ md5: 'f97c5d29941bfb1b2fdab0874906ab82', sha256: sum('one') }])

  // The stored value is what a second host gives: shown by a value that no reading would give.
  const db = new Database(join(cacheDir, 'hashes.sqlite'))
  db.prepare("UPDATE files SET sha256 = 'kept'").run()
  db.close()
  const other = openHost({ cacheDir })
  expect(other.hash(path, ['sha256']).sha256).toBe('kept')
  other.close()
})

test('a change of the contents is seen, even with the size and mtime of before', async () => {
  const path = old('a', 'one')
  utimesSync(path, 1000, 1000)
  await settle()
  expect(host.hash(path, ['sha256']).sha256).toBe(sum('one'))
  writeFileSync(path, 'two')
  utimesSync(path, 1000, 1000)
  expect(host.hash(path, ['sha256']).sha256).toBe(sum('two'))
})

test('a file that changed a moment ago is hashed but not kept', () => {
  expect(host.hash(old('a', 'one'), ['sha256']).sha256).toBe(sum('one'))
  expect(rows()).toEqual([])
})

test('finds the paths of a hash, as long as the file is still there and the same', async () => {
  const [stays, goes, changes] = ['stays', 'goes', 'changes'].map((name) => old(name, 'same'))
  await settle()
  for (const path of [stays, goes, changes]) host.hash(String(path), ['sha256'])
  rmSync(String(goes))
  appendFileSync(String(changes), '!')
  expect(host.pathsOfHash(sum('same'))).toEqual([stays])
})

test('a moved file is found at its new path once it was hashed there', async () => {
  const path = old('a', 'same')
  await settle()
  host.hash(path, ['sha256'])
  renameSync(path, join(folder, 'b'))
  expect(host.pathsOfHash(sum('same'))).toEqual([])
  await settle()
  host.hash(join(folder, 'b'), ['sha256'])
  expect(host.pathsOfHash(sum('same'))).toEqual([join(folder, 'b')])
})

test('a corrupt cache is set aside and a new one begins', async () => {
  mkdirSync(cacheDir)
  writeFileSync(join(cacheDir, 'hashes.sqlite'), 'this is no database, whatever its name says'.repeat(100))
  const path = old('a', 'one')
  await settle()
  const second = openHost({ cacheDir })
  expect(second.hash(path, ['sha256']).sha256).toBe(sum('one'))
  expect(readdirSync(cacheDir)).toContain('hashes.sqlite.corrupt')
  expect(rows()).toHaveLength(1)
  second.close()
})

test.each(['a file in its place', 'a folder without rights'])(
  'a cache that cannot be used does no harm: %s',
  (how) => {
    if (how.startsWith('a file')) writeFileSync(cacheDir, '')
    else {
      mkdirSync(cacheDir)
      // Root may write anywhere; a folder in the place of the database stops it too.
      mkdirSync(join(cacheDir, 'hashes.sqlite'))
      chmodSync(cacheDir, 0o500)
    }
    const second = openHost({ cacheDir })
    expect(second.hash(old('a', 'one'), ['sha256']).sha256).toBe(sum('one'))
    second.close()
    if (existsSync(cacheDir)) chmodSync(cacheDir, 0o700)
  },
)

test('several processes fill one cache at once', async () => {
  for (let index = 0; index < 40; index += 1) old(`file${index}`, `text${index}`)
  await settle()
  const script = `import { openHost } from '${import.meta.dirname}/open-host.ts'
    const host = openHost({ cacheDir: '${cacheDir}' })
    for (let index = 0; index < 40; index += 1) host.hash('${folder}/file' + index, ['md5', 'sha256'])
    host.close()`
  const ends = Array.from({ length: 4 }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return new Promise((resolve) => child.once('exit', resolve))
  })
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0])
  expect(rows()).toHaveLength(40)
})
