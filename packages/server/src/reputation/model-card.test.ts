import { expect, test } from 'vitest'
import { modelCard } from './model-card.ts'

test('reads the card of the model that ships', () => {
  const card = modelCard()
  expect(card).toMatchObject({ name: 'pe-headers', experimental: true })
  expect(card.leftOut.map(({ table }) => table)).toEqual(['A', 'B', 'C', 'D'])
  expect(card.limits[0]).toMatch(/^Experimental: /)
})
