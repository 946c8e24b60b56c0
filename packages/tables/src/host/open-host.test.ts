import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fixtureRoot } from '../fixture.ts'
import { openHost } from './open-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-host-'))
const machine = openHost()
const fixture = openHost({ root: fixtureRoot })
const code = (name: string) => expect.objectContaining({ code: name })
afterAll(() => rmSync(folder, { recursive: true }))

test('a fixture’s absolute symlinks and dots stay inside it', () => {
  expect(fixture.read('/etc/nginx/sites-enabled/default')).toContain('listen 80')
  expect(fixture.read('/../../etc/hostname')).toBe('web-01\n')
  expect(fixture.read('/home/deploy/current/lib/up/app.js')).toContain('release 41')
  expect(fixture.realpath('/home/deploy/current/lib')).toBe('/home/deploy/release/lib')
  expect(fixture.readlink('/etc/localtime')).toBe('/usr/share/zoneinfo/Europe/Berlin')
  expect(() => fixture.realpath('/home/deploy/old')).toThrow(code('ENOENT'))
})

test('a fixture cannot be left by a symlink', () => {
  const root = join(folder, 'root')
  mkdirSync(root)
  symlinkSync('../../../../../../../../proc/version', join(root, 'out'))
  symlinkSync('/etc', join(root, 'etc'))
  symlinkSync('round', join(root, 'round'))
  const small = openHost({ root })
  expect(() => small.read('/out')).toThrow(code('ENOENT'))
  expect(() => small.read('/etc/passwd')).toThrow(code('ELOOP'))
  expect(() => small.stat('/round')).toThrow(code('ELOOP'))
  expect(small.exists('/round')).toBe(false)
  expect(small.lstat('/round').isSymbolicLink()).toBe(true)
})

test('reads a file whole, in bytes, up to a limit', () => {
  writeFileSync(join(folder, 'text'), Buffer.from('caf\xe9 \u0000end', 'latin1'))
  expect(machine.read(join(folder, 'text'))).toBe('caf\uFFFD \0end')
  expect(machine.read(join(folder, 'text'), 3)).toBe('caf')
  expect([...machine.readBytes(join(folder, 'text'), 4)]).toEqual([0x63, 0x61, 0x66, 0xe9])
  writeFileSync(join(folder, 'big'), Buffer.alloc(300_000, 'y'))
  expect(machine.read(join(folder, 'big'))).toHaveLength(300_000)
})

test('yields lines of any file, with both ends, and lets go of it early', () => {
  writeFileSync(join(folder, 'lines'), `a\r\n\n${'b'.repeat(200_000)}\nlast`)
  expect([...machine.lines(join(folder, 'lines'))].map((line) => line.length)).toEqual([1, 0, 200_000, 4])
  const before = machine.list('/proc/self/fd').length
  for (const line of machine.lines(join(folder, 'lines'))) if (line === 'a') break
  expect(machine.list('/proc/self/fd')).toHaveLength(before)
})

test('a line of many megabytes comes in pieces of bounded size', () => {
  writeFileSync(join(folder, 'long'), Buffer.alloc(5_000_000, 'z'))
  const lengths = [...machine.lines(join(folder, 'long'))].map((line) => line.length)
  expect(lengths.reduce((sum, length) => sum + length)).toBe(5_000_000)
  expect(Math.max(...lengths)).toBeLessThanOrEqual((1 << 20) + (64 << 10))
})

test('never waits at a FIFO and never opens a device', () => {
  execFileSync('mkfifo', [join(folder, 'fifo')])
  symlinkSync('/dev/zero', join(folder, 'zero'))
  for (const path of [join(folder, 'fifo'), join(folder, 'zero'), '/dev/null']) {
    expect(() => machine.read(path), path).toThrow(code('EINVAL'))
    expect(() => machine.hash(path, ['md5']), path).toThrow(code('EINVAL'))
  }
  expect(() => machine.read('/etc')).toThrow(code('EISDIR'))
  expect(() => machine.read('/proc/kmsg')).toThrow(code('EACCES'))
  expect(() => machine.read(`/proc/${process.pid}/mem`)).toThrow(code('EACCES'))
})

test('reads files of /proc, whose size is 0, and those that links of /proc lead to', () => {
  expect(machine.read('/proc/self/stat')).toMatch(new RegExp(`^${process.pid} `))
  expect(machine.hash('/proc/self/exe', ['sha256'])).toEqual(machine.hash(process.execPath, ['sha256']))
})

test('a path that is none is not there', () => {
  for (const path of ['', 'etc/passwd', '/etc/pass\0wd', '/etc/passwd/below']) {
    expect(machine.exists(path), path).toBe(false)
    expect(() => machine.read(path), path).toThrow(/ENOENT|ENOTDIR/)
  }
})

test('a file too large is said, not hashed', () => {
  writeFileSync(join(folder, 'sparse'), '')
  truncateSync(join(folder, 'sparse'), 3 * 1024 ** 3)
  expect(() => machine.hash(join(folder, 'sparse'), ['sha256'])).toThrow(code('EFBIG'))
})

test('reading leaves the access time alone', () => {
  const path = join(folder, 'text')
  utimesSync(path, 1000, 2000)
  machine.read(path)
  machine.hash(path, ['md5'])
  expect(statSync(path).atimeMs).toBe(1_000_000)
})

test('lists a folder in order and tells folders apart', () => {
  expect(fixture.list('/home')).toEqual(['ada', 'deploy'])
  expect(fixture.entries('/home/deploy')).toEqual([
    { name: '.ssh', folder: true },
    { name: 'current', folder: false },
    { name: 'old', folder: false },
    { name: 'release', folder: true },
  ])
  expect(machine.list('/etc')).toEqual(machine.entries('/etc').map(({ name }) => name))
})

test('shows the files that a process sees', () => {
  const within = machine.within(process.pid)
  expect(within.read('/etc/passwd')).toBe(readFileSync('/etc/passwd', 'utf8'))
  expect(() => machine.within(2 ** 22 + 1)).toThrow(code('ENOENT'))
})
