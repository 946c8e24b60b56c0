import { expect, test } from 'vitest'
import { scoreTip } from './score-tip.ts'

const score = { name: 'local_rep', type: 'integer', scale: 'reputation' } as const
const reasons = { name: 'local_rep_data', type: 'text' } as const

test('the reasons of a score are its hover text', () => {
  const tip = scoreTip(score, [score, reasons])
  const data = JSON.stringify([
    { code: 'a', text: 'One.' },
    { code: 'b', text: 'Two.' },
  ])
  expect(tip?.({ local_rep: 30, local_rep_data: data })).toBe('One.\nTwo.')
  expect(tip?.({ local_rep: -1, local_rep_data: '[]' })).toBeUndefined()
})

test('a score without reasons beside it, and what is no score, have none', () => {
  expect(scoreTip(score, [score])).toBeUndefined()
  expect(scoreTip(reasons, [score, reasons])).toBeUndefined()
})
