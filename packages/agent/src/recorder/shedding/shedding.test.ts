import { expect, test } from 'vitest'
import { openAdmission } from './admission.ts'
import { openBudget } from './budget.ts'
import { openEventQueue } from './event-queue.ts'
import { openLosses } from './losses.ts'

test('a full queue gives up the least valuable first, the oldest of them, and gives out the most valuable first', () => {
  const shed: string[] = []
  const queue = openEventQueue<string>(3, (item, subject) => shed.push(`${subject} ${item}`), {
    events: 4,
    bytes: 1000,
  })
  const push = (item: string, shedOrder: number, bytes = 1) =>
    queue.push(item, { subject: `s${shedOrder}`, shedOrder }, bytes)
  push('read 1', 2)
  push('file 1', 1)
  push('read 2', 2)
  push('process 1', 0)
  push('process 2', 0)
  push('file 2', 1)
  push('process 3', 0)
  expect(shed).toEqual(['s2 read 1', 's2 read 2', 's1 file 1'])
  expect(queue.size).toBe(4)
  // Large ones count by their bytes.
  push('process 4', 0, 1000)
  expect(shed.slice(3)).toEqual(['s1 file 2', 's0 process 1', 's0 process 2', 's0 process 3'])
  expect([queue.take(), queue.take(), queue.size]).toEqual(['process 4', undefined, 0])
})

test('a queue stays in order over many stretches', () => {
  const queue = openEventQueue<number>(1, () => {})
  const out: number[] = []
  for (let i = 0; i < 20_000; i++) {
    queue.push(i, { subject: 's', shedOrder: 0 }, 1)
    if (i % 2 === 1) out.push(queue.take()!)
  }
  for (let next = queue.take(); next !== undefined; next = queue.take()) out.push(next)
  expect(out).toEqual(Array.from({ length: 20_000 }, (_, i) => i))
})

test('a budget may be spent at once and refills with time, to its most', () => {
  let millis = 0
  const budget = openBudget(100, 10, () => millis)
  budget.take(100)
  expect(budget.left()).toBe(0)
  millis = 1000
  expect(budget.left()).toBeCloseTo(0.1)
  millis = 60_000
  expect(budget.left()).toBe(1)
})

test('a stream that does not end is admitted by value: reads stop at half the budget, processes never before its end', () => {
  let millis = 0
  const admission = openAdmission(10, 1000, 10, () => millis)
  const admitted = (order: number) => {
    let count = 0
    while (admission.admits(order)) count++
    return count
  }
  // The order decides what is left for the more valuable ones: 0.45, 0.25 and nothing.
  expect([admitted(9), admitted(5), admitted(0)]).toEqual([550, 200, 250])
  millis = 1000
  expect([admitted(9), admitted(5), admitted(0)]).toEqual([0, 0, 10])
})

test('losses are added up by journal and reason, with the time that they span', () => {
  const losses = openLosses()
  losses.add('File', 'shed', 2000)
  losses.add('File', 'shed', 1000)
  losses.add('File', 'source', 5000, 7)
  losses.add('Ip', 'shed', 3000)
  expect(losses.take()).toEqual([
    { subject: 'File', reason: 'shed', firstTime: 1000, lastTime: 2000, events: 2 },
    { subject: 'File', reason: 'source', firstTime: 5000, lastTime: 5000, events: 7 },
    { subject: 'Ip', reason: 'shed', firstTime: 3000, lastTime: 3000, events: 1 },
  ])
  expect(losses.take()).toEqual([])
})
