import { expect, test } from 'vitest'
import { type PageAnswer, PageCache } from './page-cache.ts'

const ROWS = 1000

/** A list on a server that answers when it is told to. */
function server(rows = ROWS) {
  const asked: number[] = []
  const aborted: number[] = []
  const waiting: (() => void)[] = []
  let length = rows
  const cache = new PageCache<number>({
    pageSize: 100,
    maxPages: 4,
    load: (offset, limit, signal) =>
      new Promise<PageAnswer<number>>((resolve, reject) => {
        asked.push(offset)
        signal.addEventListener('abort', () => {
          aborted.push(offset)
          reject(signal.reason)
        })
        const total = length
        const items = Array.from(
          { length: Math.max(0, Math.min(limit, total - offset)) },
          (_, at) => offset + at,
        )
        waiting.push(() => resolve({ items, total }))
      }),
  })
  const answer = async () => {
    for (const release of waiting.splice(0)) release()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { cache, asked, aborted, answer, setLength: (next: number) => (length = next) }
}

test('reads what is in view, then the page ahead', async () => {
  const { cache, asked, answer } = server()
  cache.want(0, 30)
  expect(asked).toEqual([0])
  expect(cache.answered).toBe(false)
  await answer()
  expect(cache.count).toBe(1000)
  expect(cache.rowAt(30)).toBe(30)
  cache.want(80, 110)
  expect(asked).toEqual([0, 100, 200])
  expect(cache.rowAt(110)).toBeUndefined()
  await answer()
  expect(cache.rowAt(110)).toBe(110)
})

test('gives up reads that scrolled out of view', async () => {
  const { cache, asked, aborted, answer } = server()
  cache.want(0, 30)
  await answer()
  cache.want(350, 380)
  cache.want(950, 980)
  expect(asked).toEqual([0, 300, 400, 200, 900, 800])
  expect(aborted).toEqual([300, 400, 200])
  await answer()
  expect(cache.rowAt(999)).toBe(999)
  expect(cache.error).toBeUndefined()
})

test('forgets the pages that were seen longest ago', async () => {
  const { cache, answer } = server()
  for (const row of [0, 200, 400, 600, 800]) {
    cache.want(row, row + 10)
    await answer()
  }
  expect(cache.rowAt(0)).toBeUndefined()
  expect(cache.rowAt(805)).toBe(805)
})

test('rows that are added appear without a jump, and full pages are not read again', async () => {
  const { cache, asked, answer, setLength } = server(150)
  cache.want(0, 30)
  await answer()
  cache.want(90, 149)
  await answer()
  setLength(180)
  cache.grow(180)
  expect(cache.rowAt(149)).toBe(149)
  expect(asked).toEqual([0, 100, 100])
  await answer()
  expect(cache.rowAt(179)).toBe(179)
})

test('an answer that was on its way when rows were added does not lose them', async () => {
  const { cache, asked, answer, setLength } = server(10)
  cache.want(0, 30)
  await answer()
  setLength(20)
  cache.grow(20)
  setLength(40)
  cache.grow(40)
  await answer()
  expect(cache.count).toBe(40)
  await answer()
  expect(asked).toEqual([0, 0, 0])
  expect(cache.rowAt(39)).toBe(39)
})

test('refresh keeps old rows on show until the new ones come', async () => {
  const { cache, asked, answer, setLength } = server(50)
  cache.want(0, 30)
  await answer()
  setLength(60)
  cache.refresh()
  expect(cache.rowAt(3)).toBe(3)
  await answer()
  expect(cache.count).toBe(60)
  expect(asked).toEqual([0, 0])
})

test('an error is kept until a read succeeds', async () => {
  let fail = true
  const cache = new PageCache<number>({
    pageSize: 10,
    maxPages: 2,
    load: async () => {
      if (fail) throw new Error('no network')
      return { items: [7], total: 1 }
    },
  })
  cache.want(0, 5)
  await new Promise((resolve) => setImmediate(resolve))
  expect(cache.error).toEqual(new Error('no network'))
  fail = false
  cache.refresh()
  await new Promise((resolve) => setImmediate(resolve))
  expect(cache.error).toBeUndefined()
  expect(cache.rowAt(0)).toBe(7)
})
