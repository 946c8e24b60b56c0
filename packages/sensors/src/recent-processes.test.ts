import { expect, test } from 'vitest'
import { RecentProcesses } from './recent-processes.ts'

test('an id means the process that had it last', () => {
  const recent = new RecentProcesses()
  expect(recent.of(7)).toBeUndefined()
  const exit = (startTicks: number) => recent.note({ type: 'exit', at: 0, process: { pid: 7, startTicks } })
  exit(100)
  expect(recent.of(7)).toEqual({ pid: 7, startTicks: 100 })
  exit(250)
  expect(recent.of(7)).toEqual({ pid: 7, startTicks: 250 })
})
