import { expect, test } from 'vitest'
import { RepeatedWrites } from './repeated-writes.ts'

const at = (millis: number) => ({ at: Date.UTC(2026, 0, 1) + millis, pid: 7 })

test('of many writes in a row the first is told at once, and the last when it is quiet', () => {
  const told: number[] = []
  const writes = new RepeatedWrites<ReturnType<typeof at>>((_, last) => told.push(last.at - at(0).at))
  expect(writes.first('/a', at(0))).toBe(true)
  expect(writes.first('/a', at(10))).toBe(false)
  expect(writes.first('/a', at(20))).toBe(false)
  writes.flush(at(999).at)
  expect(told).toEqual([])
  writes.flush(at(1000).at)
  expect(told).toEqual([20])
})

test.each([-3_600_000, 3_600_000])('a clock that was set by %i ms keeps no write back', (step) => {
  const told: number[] = []
  const writes = new RepeatedWrites<ReturnType<typeof at>>((_, last) => told.push(last.at - at(0).at))
  writes.first('/a', at(0))
  writes.first('/a', at(10))
  expect(writes.first('/a', at(step + 20))).toBe(true)
  writes.first('/a', at(step + 30))
  writes.flush(at(0).at)
  expect(told).toEqual([10, step + 30])
})
