import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { expand } from './glob.ts'
import { openHost } from './open-host.ts'
import type { PatternKind } from './path-pattern.ts'

const root = mkdtempSync(join(tmpdir(), 'quarry-glob-'))
for (const path of [
  'a/one.txt',
  'a/.two.TXT',
  'a/b/three.txt',
  'a/b/c/four',
  'my_dir/x',
  'my-dir/x',
  'a[1]/x',
  'proc/1/stat',
  'sys/x',
  'a%/x',
]) {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), '')
}
symlinkSync('..', join(root, 'a/b/loop'))
const host = openHost({ root })
afterAll(() => rmSync(root, { recursive: true }))

const find = (pattern: string, kind: PatternKind = 'LIKE') => {
  const skipped: string[] = []
  return [[...expand(host, pattern, (path) => skipped.push(path), kind)], skipped]
}

test.each<[string, string[]]>([
  ['/a/one.txt', ['/a/one.txt']],
  ['/a/none', []],
  ['/a/%', ['/a/.two.TXT', '/a/b', '/a/one.txt']],
  ['/%/one.txt', ['/a/one.txt']],
  ['/a/%.txt', ['/a/.two.TXT', '/a/one.txt']],
  ['/A/%.txt', []],
  ['/a/.%', ['/a/.two.TXT']],
  ['/a/%%', ['/a/.two.TXT', '/a/b', '/a/b/c', '/a/b/c/four', '/a/b/loop', '/a/b/three.txt', '/a/one.txt']],
  ['/a/%%/%.txt', ['/a/b/three.txt']],
  ['/a/b%%', ['/a/b', '/a/b/c', '/a/b/c/four', '/a/b/loop', '/a/b/three.txt']],
  ['/%%four', ['/a/b/c/four']],
  ['/a/b/loop/%.txt', ['/a/b/loop/.two.TXT', '/a/b/loop/one.txt']],
  ['/a/b/%/b/c/%', ['/a/b/loop/b/c/four']],
  ['/my_dir/%', ['/my_dir/x']],
  ['/my_d%/x', ['/my-dir/x', '/my_dir/x']],
  ['/a[1]/%', ['/a[1]/x']],
  ['/proc/%%', ['/proc/1', '/proc/1/stat']],
  ['/nothing/%%', []],
  ['/a/one.txt/%', []],
])('LIKE %s', (pattern, expected) => {
  expect(find(pattern)).toEqual([expected, []])
})

test.each<[string, string[]]>([
  ['/a/*.txt', ['/a/one.txt']],
  ['/m[xy]?dir/*', ['/my-dir/x', '/my_dir/x']],
  ['/a/**', ['/a/.two.TXT', '/a/b', '/a/b/c', '/a/b/c/four', '/a/b/loop', '/a/b/three.txt', '/a/one.txt']],
  ['/[^my]/one.txt', ['/a/one.txt']],
  ['/a%/*', ['/a%/x']],
  ['/a[[]1]/x', ['/a[1]/x']],
  ['/[z-a]/*', []],
])('GLOB %s', (pattern, expected) => {
  expect(find(pattern, 'GLOB')).toEqual([expected, []])
})

test('a search from above does not enter /proc and /sys', () => {
  const [found] = find('/%%')
  expect(found).toContain('/proc')
  expect(found).toContain('/a/b/c/four')
  expect(found).not.toContain('/proc/1')
  expect(found).not.toContain('/sys/x')
})

test('a pattern that does not begin with a slash is said', () => {
  expect(find('%.txt')).toEqual([[], ['%.txt']])
})

test('a folder that is closed is said, and the rest is found', () => {
  const closed = openHost({ root, dataDirs: [join(root, 'a/b')] })
  const skipped: string[] = []
  const found = [
    ...expand(closed, '/a/%%', (path, error) =>
      skipped.push(`${path} ${(error as Error).message.slice(0, 6)}`),
    ),
  ]
  expect(found).toEqual(['/a/.two.TXT', '/a/b', '/a/one.txt'])
  expect(skipped).toEqual(['/a/b EACCES'])
})

test('is lazy: the first path of a tree comes before the tree is searched', () => {
  const listed: string[] = []
  const watched = {
    ...host,
    entries(path: string) {
      listed.push(path)
      return host.entries(path)
    },
  }
  expect(expand(watched, '/a/%%', () => undefined).next().value).toBe('/a/.two.TXT')
  expect(listed).toEqual(['/a'])
})

test('a tree deeper than any that people make ends', () => {
  let path = join(root, 'deep')
  for (let depth = 0; depth < 140; depth += 1) path = join(path, 'd')
  mkdirSync(path, { recursive: true })
  const [found, skipped] = find('/deep/%%')
  expect(found).toHaveLength(128)
  expect(skipped).toHaveLength(1)
})
