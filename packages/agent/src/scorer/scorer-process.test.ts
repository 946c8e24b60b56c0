import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openScorer, type Scorer } from './scorer-process.ts'

let folder: string
let scorer: Scorer
const said: string[] = []
const log = {
  info: (text: unknown) => void said.push(JSON.stringify(text)),
  warn: (...text: unknown[]) => void said.push(JSON.stringify(text)),
  error: (...text: unknown[]) => void said.push(JSON.stringify(text)),
} as unknown as Parameters<typeof openScorer>[0]['log']

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarry-scorer-'))
  scorer = openScorer({ cacheDir: join(folder, 'cache'), dataDirs: [join(folder, 'secret')], log })
})
afterEach(() => {
  scorer.close()
  rmSync(folder, { recursive: true })
})

const file = (path: string, sha256: string) => ({ path, image: path, sha256 })

test('scores many files at once, at the lowest priority', async () => {
  const paths = ['/usr/bin/dash', '/usr/bin/env', '/usr/bin/id'].map((path, index) => {
    const copy = join(folder, String(index))
    copyFileSync(path, copy)
    return copy
  })
  const scores = await Promise.all(paths.map((path, index) => scorer.score(file(path, String(index)))))
  expect(scores.map((score) => score?.localRep)).toEqual([30, 30, 30])
  expect(scorer.pids()).toHaveLength(1)
  expect(getPriority(scorer.pids()[0])).toBe(19)
})

test('a file that cannot be read has no scores, and the next one has', async () => {
  expect(await scorer.score(file('/nowhere', 'a'))).toBeUndefined()
  writeFileSync(join(folder, 'one'), 'one')
  expect(await scorer.score(file(join(folder, 'one'), 'b'))).toMatchObject({ localRep: 30, mlScore: -1 })
})

test('a scorer that dies costs the file at hand; those behind it are scored by the next', async () => {
  writeFileSync(join(folder, 'one'), 'one')
  await scorer.score(file(join(folder, 'one'), 'a'))
  const [pid] = scorer.pids()
  process.kill(pid!, 'SIGSTOP')
  const waiting = ['b', 'c', 'd'].map((sha256) => scorer.score(file(join(folder, 'one'), sha256)))
  process.kill(pid!, 'SIGKILL')
  const [first, ...others] = await Promise.all(waiting)
  expect(first).toBeUndefined()
  expect(others.map((scores) => scores?.localRep)).toEqual([30, 30])
  expect(scorer.pids()[0]).not.toBe(pid)
})

test('after its end nothing is scored', async () => {
  scorer.close()
  expect(await scorer.score(file('/usr/bin/dash', 'a'))).toBeUndefined()
})
