import { expect, test } from 'vitest'
import { makeFilter, mayHold } from './filter.ts'
import { hashOf } from './hash.ts'

test.each([0, 1, 96, 97, 1000, 60_000])('of %i values each is found, and few others', (count) => {
  const name = (index: number) => `/usr/lib/x86_64-linux-gnu/lib${index}.so`
  const filter = makeFilter(Array.from({ length: count }, (_, index) => hashOf(name(index))))
  let found = 0
  for (let index = 0; index < count; index++) if (mayHold(filter, hashOf(name(index)))) found++
  expect(found).toBe(count)
  let wrong = 0
  for (let index = count; index < count + 20_000; index++) if (mayHold(filter, hashOf(name(index)))) wrong++
  expect(wrong).toBeLessThan(150)
  expect(filter.length).toBeLessThan(count <= 96 ? 2 + count * 2 : count * 1.35 + 100)
})
