import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../testing/temp-folder.ts'
import { openOutbox } from './outbox.ts'

const run = '7a0d3cf4-95a4-4c3c-8d2f-0e5f0b8b6a01'
const other = '7a0d3cf4-95a4-4c3c-8d2f-0e5f0b8b6a02'
const open = (path = join(tempFolder(), 'outbox.db'), options = {}) =>
  openOutbox(path, { maxBytes: 1 << 20, ...options })

test('keeps batches in order until they are acknowledged, over a restart too', () => {
  const path = join(tempFolder(), 'outbox.db')
  const first = open(path)
  first.begin(run)
  for (const sequence of [1, 2, 3])
    first.append(run, { sequence, frame: `frame ${sequence}` }, sequence === 3)
  first.acknowledge(run, 1)
  first.close()

  const second = open(path)
  expect(second.waiting()).toEqual([run])
  expect(second.next(run, 0)).toEqual({ sequence: 2, frame: 'frame 2' })
  expect(second.next(run, 2)).toEqual({ sequence: 3, frame: 'frame 3' })
  second.acknowledge(run, 3)
  expect(second.waiting()).toEqual([])
  expect(second.find(run)).toEqual({ attempts: 1, lastSequence: 3, ended: true })
  second.close()
})

test('remembers the last sequence when every batch is acknowledged', () => {
  const outbox = open()
  outbox.begin(run)
  outbox.append(run, { sequence: 1, frame: 'rows' }, false)
  outbox.acknowledge(run, 1)
  expect(outbox.unfinished()).toEqual([{ runId: run, attempts: 1, lastSequence: 1, ended: false }])
})

test('the same sequence cannot be stored twice', () => {
  const outbox = open()
  outbox.begin(run)
  outbox.append(run, { sequence: 1, frame: 'rows' }, false)
  expect(() => outbox.append(run, { sequence: 1, frame: 'other rows' }, true)).toThrow(/UNIQUE/)
  expect(outbox.find(run)).toMatchObject({ lastSequence: 1, ended: false })
})

test('counts beginnings, and takes back one that gave no rows', () => {
  const outbox = open()
  expect([outbox.begin(run), outbox.begin(run)]).toEqual([1, 2])
  outbox.unbegin(run)
  expect(outbox.find(run)?.attempts).toBe(1)
  outbox.append(run, { sequence: 1, frame: 'rows' }, false)
  outbox.unbegin(run)
  expect(outbox.find(run)?.attempts).toBe(1)
})

test('is full beyond its bound and has room again after an acknowledgement', async () => {
  const outbox = open(undefined, { maxBytes: 1000 })
  outbox.begin(run)
  outbox.append(run, { sequence: 1, frame: 'x'.repeat(1000) }, false)
  expect(outbox.full).toBe(true)
  const room = outbox.room(new AbortController().signal)
  outbox.acknowledge(run, 1)
  await room
  expect(outbox.full).toBe(false)
})

test('waiting for room ends with its signal', async () => {
  const outbox = open(undefined, { maxBytes: 1000 })
  outbox.begin(run)
  outbox.append(run, { sequence: 1, frame: 'x'.repeat(1000) }, false)
  const abort = new AbortController()
  const room = outbox.room(abort.signal)
  abort.abort()
  await room
  expect(outbox.full).toBe(true)
})

test('a file that may grow no more throws SQLITE_FULL and keeps what it had; a held end is sent and stored later', () => {
  const outbox = open(undefined, { fileBytes: 256 << 10 })
  outbox.begin(run)
  const frame = 'x'.repeat(50_000)
  let sequence = 0
  expect(() => {
    for (;;) {
      outbox.append(run, { sequence: sequence + 1, frame }, false)
      sequence++
    }
  }).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }))
  expect(sequence).toBeGreaterThan(2)
  expect(outbox.find(run)).toMatchObject({ lastSequence: sequence, ended: false })

  const end = { sequence: sequence + 1, frame: `end ${'y'.repeat(50_000)}` }
  expect(() => outbox.append(run, end, true)).toThrow(/full/)
  outbox.hold(run, end)
  expect(outbox.find(run)).toMatchObject({ lastSequence: sequence + 1, ended: true })
  expect(outbox.next(run, sequence)).toEqual(end)
  outbox.acknowledge(run, sequence)
  outbox.storeHeld()
  expect(outbox.unfinished()).toEqual([])
  expect(outbox.next(run, 0)).toEqual(end)
})

test('forgets what is old, and says which runs had rows unsent', () => {
  const outbox = open()
  outbox.begin(run)
  outbox.append(run, { sequence: 1, frame: 'rows' }, true)
  outbox.grow()
  outbox.grow()
  expect(outbox.forget(2)).toEqual([])
  outbox.begin(other)
  outbox.grow()
  expect(outbox.forget(2)).toEqual([run])
  expect(outbox.find(run)).toBeUndefined()
  expect(outbox.waiting()).toEqual([])
  expect(outbox.find(other)).toMatchObject({ ended: false, lastSequence: 0 })
})

test('gives the disk back once everything is acknowledged', () => {
  const path = join(tempFolder(), 'outbox.db')
  const outbox = open(path, { maxBytes: 10 << 20 })
  outbox.begin(run)
  for (let sequence = 1; sequence <= 20; sequence++)
    outbox.append(run, { sequence, frame: 'x'.repeat(200_000) }, false)
  outbox.acknowledge(run, 20)
  outbox.close()
  expect(statSync(path).size).toBeLessThan(500_000)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a damaged file is a sentence', () => {
  const path = join(tempFolder(), 'outbox.db')
  writeFileSync(path, 'this is no database, and it is long enough to be looked at by SQLite'.repeat(20))
  expect(() => open(path)).toThrow(/The outbox .* cannot be opened: .*If it is damaged, delete it/)
})

test('kill -9 between two batches loses none that was stored', async () => {
  const path = join(tempFolder(), 'outbox.db')
  const program = `
    const { openOutbox } = await import(${JSON.stringify(new URL('./outbox.ts', import.meta.url).href)})
    const outbox = openOutbox(${JSON.stringify(path)}, { maxBytes: 1e9 })
    outbox.begin('${run}')
    for (let sequence = 1; ; sequence++) {
      outbox.append('${run}', { sequence, frame: 'rows of ' + sequence }, false)
      process.stdout.write(sequence + '\\n')
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text
    if (told.length > 2000) child.kill('SIGKILL')
  })
  await once(child, 'close')
  const last = Number(told.trim().split('\n').slice(0, -1).at(-1))
  expect(last).toBeGreaterThan(100)

  const outbox = open(path)
  const found = outbox.find(run)?.lastSequence ?? 0
  expect(found).toBeGreaterThanOrEqual(last)
  for (let sequence = 1; sequence <= found; sequence++)
    expect(outbox.next(run, sequence - 1)).toEqual({ sequence, frame: `rows of ${sequence}` })
})
