import { expect, test } from 'vitest'
import { openMemoryReturn } from './return-memory.ts'
import { eventually } from './testing/eventually.ts'

test('what a busy moment took is given back when it is quiet', async () => {
  const memory = openMemoryReturn()
  let garbage: string[] | undefined = Array.from({ length: 2_000_000 }, (_, index) => `garbage ${index}`)
  const busy = process.memoryUsage().heapTotal
  expect(garbage.length).toBe(2_000_000)
  garbage = undefined
  memory.busy()
  await eventually(() => process.memoryUsage().heapTotal < busy - (50 << 20))
})
