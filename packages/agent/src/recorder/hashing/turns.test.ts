import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openTurns } from './turns.ts'

test('what can wait takes one place, and only when nothing else waits', async () => {
  const turns = openTurns(2, 100)
  const ends = new Map<string, () => void>()
  const begun: string[] = []
  const work = (name: string, later = false) =>
    void turns.take(() => {
      begun.push(name)
      return new Promise<void>((resolve) => ends.set(name, resolve))
    }, later)
  const end = async (name: string) => {
    ends.get(name)!()
    await sleep(0)
  }
  work('late 1', true)
  work('late 2', true)
  work('soon 1')
  work('soon 2')
  expect(begun).toEqual(['late 1', 'soon 1'])
  await end('late 1')
  expect(begun.slice(2)).toEqual(['soon 2'])
  work('soon 3')
  await end('soon 1')
  await end('soon 2')
  expect(begun.slice(3)).toEqual(['soon 3', 'late 2'])
  await end('soon 3')
  work('late 3', true)
  expect(begun.slice(5)).toEqual([])
  await end('late 2')
  expect(begun.slice(5)).toEqual(['late 3'])
})

test('beyond what may wait it gives up at once, and an error makes room', async () => {
  const turns = openTurns(1, 1)
  const first = turns.take(() => Promise.reject(new Error('broken')))
  const second = turns.take(async () => 'second')
  expect(await turns.take(async () => 'third')).toBeUndefined()
  await expect(first).rejects.toThrow('broken')
  expect(await second).toBe('second')
})
