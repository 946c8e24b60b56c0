import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './memory_info.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows bytes', () => {
  expect(fixture.all('SELECT memory_total, memory_free, swap_total, cached FROM memory_info')).toEqual([
    { memory_total: 16728875008, memory_free: 1232224256, swap_total: 2147479552, cached: 7838023680 },
  ])
})

const free = printed('free', '-b')
test.skipIf(!free)('agrees with free (skipped where there is none)', () => {
  const total = /^Mem:\s+(\d+)/m.exec(free ?? '')?.[1]
  expect(machine.all('SELECT memory_total FROM memory_info')).toEqual([{ memory_total: Number(total) }])
})

test('fills every column', () => {
  expect(emptyColumns(fixture, table)).toEqual([])
})
