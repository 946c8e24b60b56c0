import { expect, test } from 'vitest'
import { type Activity, type ActivityKind, marksOf } from './marks.ts'

const at = (moment: number, kind: ActivityKind = 'file'): Activity => ({
  at: moment,
  kind,
  sophosPid: '1:1',
  action: 'created',
  object: `/tmp/${moment}`,
})
const window = { from: 0, to: 1000 }

test('gathers what falls on one spot, kind by kind', () => {
  const marks = marksOf([at(0), at(1), at(2, 'dns'), at(500), at(2000)], window, 700)
  expect(marks.map(({ x, kind, count }) => [x, kind, count])).toEqual([
    [0, 'file', 2],
    [0, 'dns', 1],
    [350, 'file', 1],
  ])
  expect(marks[0]!.first.object).toBe('/tmp/0')
})

test('ten thousand activities make no more marks than there are spots', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => at(index / 10))
  const marks = marksOf(many, window, 700)
  expect(marks.length).toBeLessThanOrEqual(101)
  expect(marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(10_000)
})
