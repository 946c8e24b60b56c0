import { createHash } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openHashCache } from '@quarry/tables/hash-cache'
import { expect, onTestFinished, test } from 'vitest'
import { tempFolder } from '../../testing/temp-folder.ts'
import { openHashWaits } from './hash-waits.ts'
import { openHasher } from './hasher.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function setUp(options: { limit?: number; waiting?: number } = {}) {
  const folder = tempFolder()
  const open = () => {
    const cache = openHashCache(folder)
    onTestFinished(() => cache.close())
    return openHasher({ cache, limit: 1_000_000, waiting: 100, ...options })
  }
  const path = join(folder, 'program')
  const put = (text: string) => writeFileSync(path, text)
  const who = () => {
    const { dev, ino } = statSync(path)
    return { paths: [path], device: dev, inode: ino }
  }
  return { folder, path, put, who, open, hasher: open() }
}
const settled = () => sleep(1100)

test('hashes a file once; who asks again is told that it is known, and a later process that it was', async () => {
  const { put, who, hasher, open } = setUp()
  put('one')
  await settled()
  expect(await hasher.hash(who())).toMatchObject({ sha256: sha256('one'), size: 3, news: 'read' })
  expect(await hasher.hash(who())).toMatchObject({ sha256: sha256('one'), news: 'known' })
  const later = open()
  expect(await later.hash(who())).toMatchObject({ sha256: sha256('one'), news: 'cached' })
  expect(await later.hash(who())).toMatchObject({ news: 'known' })
})

test('a file that was just written is read again, since it may change within one tick of its clock', async () => {
  const { put, who, hasher } = setUp()
  put('one')
  const times = statSync(who().paths[0]!)
  expect(await hasher.hash(who())).toMatchObject({ sha256: sha256('one'), news: 'read' })
  put('two')
  utimesSync(who().paths[0]!, times.atime, times.mtime)
  expect(await hasher.hash(who())).toMatchObject({ sha256: sha256('two'), news: 'read' })
})

test('all who ask at once share one reading', async () => {
  const { put, who, hasher } = setUp()
  put('x'.repeat(500_000))
  const all = await Promise.all(Array.from({ length: 20 }, () => hasher.hash(who())))
  expect(all.map((hashed) => hashed?.news).sort()).toEqual([...Array(19).fill('known'), 'read'])
  expect(new Set(all.map((hashed) => hashed?.sha256)).size).toBe(1)
})

test('what lies at the path by now is not what ran', async () => {
  const { folder, path, put, who, hasher } = setUp()
  put('ran')
  const ran = who()
  renameSync(path, join(folder, 'moved'))
  put('another')
  expect(await hasher.hash(ran)).toBeUndefined()
  expect(await hasher.hash({ ...ran, paths: [path, join(folder, 'moved')] })).toMatchObject({
    sha256: sha256('ran'),
  })
})

test('of a file that is gone it says what it knew last', async () => {
  const { path, put, who, hasher } = setUp()
  put('ran')
  await settled()
  const ran = who()
  await hasher.hash(ran)
  rmSync(path)
  expect(await hasher.hash(ran)).toMatchObject({ sha256: sha256('ran'), news: 'known' })
  hasher.changed(ran.device, ran.inode)
  expect(await hasher.hash(ran)).toBeUndefined()
})

test('without the kernel’s word the first way that leads to a file is taken', async () => {
  const { folder, path, put, hasher } = setUp()
  put('one')
  linkSync(path, join(folder, 'other'))
  const paths = [join(folder, 'nowhere'), join(folder, 'other')]
  expect(await hasher.hash({ paths })).toMatchObject({ sha256: sha256('one') })
})

test('a folder, a file beyond the limit, and more than may wait are left out, without an error', async () => {
  const { folder, path, put, who, hasher } = setUp({ limit: 100, waiting: 0 })
  put('')
  truncateSync(path, 101)
  expect(await hasher.hash(who())).toBeUndefined()
  mkdirSync(join(folder, 'inner'))
  expect(await hasher.hash({ paths: [join(folder, 'inner')] })).toBeUndefined()
  const many = Array.from({ length: 5 }, (_, index) => {
    writeFileSync(join(folder, `${index}`), `file ${index}`)
    return hasher.hash({ paths: [join(folder, `${index}`)] })
  })
  const done = (await Promise.all(many)).map((hashed) => hashed?.sha256)
  // Two are read side by side, and none may wait.
  expect(done.filter(Boolean)).toEqual([sha256('file 0'), sha256('file 1')])
})

test('a row waits for its hash for two seconds; what comes later is told apart', async () => {
  const answer = Promise.withResolvers<undefined>()
  let millis = 0
  const waits = openHashWaits({ hash: () => answer.promise, changed: () => {} }, () => millis)
  const said: string[] = []
  const wait = (name: string) =>
    waits.wait(
      { paths: [] },
      (hashed) => said.push(`${name} ${hashed?.sha256 ?? 'without'}`),
      (hashed) => said.push(`${name} late ${hashed.sha256}`),
    )
  const pass = (more: number) => {
    millis += more
    waits.tick()
  }
  wait('a')
  // A process that was starved for a minute has not waited for a minute.
  pass(60_000)
  pass(499)
  pass(499)
  pass(499)
  wait('b')
  expect([said, waits.size]).toEqual([[], 2])
  pass(10)
  expect([said, waits.size]).toEqual([['a without'], 1])
  answer.resolve({ sha256: 'f00', size: 1, device: 1n, inode: 1n, news: 'read' } as unknown as undefined)
  await waits.idle(1000)
  await answer.promise
  await sleep(0)
  expect(said).toEqual(['a without', 'a late f00', 'b f00'])
})
