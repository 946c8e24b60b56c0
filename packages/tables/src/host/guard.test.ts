import { spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openHost } from './open-host.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'quarry-guard-')))
const data = join(folder, 'data')
mkdirSync(join(data, 'deep/er'), { recursive: true })
writeFileSync(join(data, 'deep/er/key'), 'secret')
writeFileSync(join(folder, 'free'), 'free')
mkdirSync(join(folder, 'beside'))
symlinkSync(data, join(folder, 'absolute'))
symlinkSync('data/deep', join(folder, 'relative'))
symlinkSync('../data/deep/er/key', join(folder, 'beside/file'))
linkSync(join(data, 'deep/er/key'), join(folder, 'hard'))
const file = openSync(join(data, 'deep/er/key'), 'r')
const dir = openSync(join(data, 'deep'), 'r')
const gone = openSync(join(data, 'gone'), 'w+')
unlinkSync(join(data, 'gone'))
const child = spawn('sleep', ['60'], { cwd: join(data, 'deep') })
await new Promise((resolve) => child.once('spawn', resolve))

const host = openHost({ dataDirs: [data] })
afterAll(() => {
  child.kill()
  for (const fd of [file, dir, gone]) closeSync(fd)
  rmSync(folder, { recursive: true })
})

const closed = expect.objectContaining({ code: 'EACCES' })
const ways = {
  'its own name': `${data}/deep/er/key`,
  'dots in the path': `${folder}/beside/../data/./deep//er/key`,
  'an absolute symlink': `${folder}/absolute/deep/er/key`,
  'a relative symlink': `${folder}/relative/er/key`,
  'a symlink to the file': `${folder}/beside/file`,
  'a hard link': `${folder}/hard`,
  'the root of a process': `/proc/self/root${data}/deep/er/key`,
  'the working folder of a process': `/proc/${child.pid}/cwd/er/key`,
  'the working folder of a thread': `/proc/${child.pid}/task/${child.pid}/cwd/er/key`,
  'an open file': `/proc/self/fd/${file}`,
  'an open folder': `/proc/self/fd/${dir}/er/key`,
  'a deleted file that is open': `/proc/self/fd/${gone}`,
}

describe.each(Object.entries(ways))('closed by %s', (_, path) => {
  test('for reading', () => expect(() => host.read(path)).toThrow(closed))
  test('for hashing', () => expect(() => host.hash(path, ['sha256'])).toThrow(closed))
  test('for lines', () => expect(() => [...host.lines(path)]).toThrow(closed))
  test('for its facts', () => expect(() => host.stat(path)).toThrow(closed))
})

test('folders are closed, by any name', () => {
  for (const path of [
    data,
    `${data}/`,
    `${data}/deep`,
    `${folder}/absolute`,
    `/proc/self/fd/${dir}`,
    `/proc/${child.pid}/cwd`,
  ]) {
    expect(() => host.list(path), path).toThrow(closed)
    expect(() => host.entries(path), path).toThrow(closed)
  }
  expect(host.exists(`${data}/deep`)).toBe(false)
})

test('what lies beside stays open, and the folder itself may be seen from outside', () => {
  expect(host.read(`${folder}/free`)).toBe('free')
  expect(host.list(folder)).toContain('data')
  expect(host.lstat(data).isDirectory()).toBe(true)
  expect(host.readlink(`/proc/self/fd/${file}`)).toBe(`${data}/deep/er/key`)
})

test('the error names what was asked for', () => {
  expect(() => host.read(`${folder}/beside/file`)).toThrow(`'${folder}/beside/file'`)
})

test('a folder made later is closed at once, and stays so under another name', () => {
  const late = join(folder, 'late')
  const watching = openHost({ dataDirs: [late, data] })
  expect(watching.exists(late)).toBe(false)
  mkdirSync(late)
  writeFileSync(join(late, 'key'), 'secret')
  expect(() => watching.read(join(late, 'key'))).toThrow(closed)
  renameSync(late, join(folder, 'renamed'))
  expect(() => watching.read(join(folder, 'renamed/key'))).toThrow(closed)
})

test('a fixture’s data folder is closed too', () => {
  const fixture = openHost({ root: folder, dataDirs: [data] })
  expect(fixture.read('/free')).toBe('free')
  expect(() => fixture.read('/data/deep/er/key')).toThrow(closed)
  expect(() => fixture.read('/relative/er/key')).toThrow(closed)
})

// A bind mount needs root; in a mount namespace of its own it disturbs nobody.
const script = `mount --bind "$1/data$2" "$1/beside" && exec node --input-type=module -e "
import { openHost } from '${import.meta.dirname}/open-host.ts'
const host = openHost({ dataDirs: ['$1/data'] })
const code = (work) => { try { work(); return 'open' } catch (error) { return error.code } }
console.log(code(() => host.read('$1/beside$3')), code(() => host.list('$1/beside')))"`
const bind = (below: string, key: string) =>
  spawnSync(
    'unshare',
    ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', folder, below, key],
    {
      encoding: 'utf8',
    },
  )
const whole = bind('', '/deep/er/key')

test.skipIf(whole.status !== 0)(
  'closed by a bind mount (skipped where this machine lets none be made)',
  () => {
    expect(whole.stdout.trim()).toBe('EACCES EACCES')
    expect(bind('/deep', '/er/key').stdout.trim()).toBe('EACCES EACCES')
  },
)
