import { expect, test } from 'vitest'
import { type Picked, rangePicked, rowsOf, togglePicked } from './picked.ts'

const at = (row: number, column = 'path') => ({ row, column })
const rows = (picked: Picked | undefined) => picked && [...picked.rows].sort((a, b) => a - b)

test('a second cell joins that of the cursor, a third joins both, and one goes again', () => {
  const two = togglePicked(undefined, at(3), at(5))
  expect(rows(two)).toEqual([3, 5])
  const three = togglePicked(two, at(5), at(9))
  expect(rows(three)).toEqual([3, 5, 9])
  expect(rows(togglePicked(three, at(9), at(5)))).toEqual([3, 9])
})

test('the last cell that goes leaves nothing picked, and another column begins anew', () => {
  const one = togglePicked(undefined, at(3), at(3))
  expect(togglePicked(one, at(3), at(3))).toBeUndefined()
  expect(togglePicked(one, at(3), at(7, 'sha256'))).toMatchObject({ column: 'sha256' })
  expect(rows(togglePicked(one, at(3), at(7, 'sha256')))).toEqual([7])
})

test('a range reaches from the anchor both ways, and no further than 1,000 rows', () => {
  const down = rangePicked(undefined, at(3), at(5))
  expect(rows(down)).toEqual([3, 4, 5])
  expect(rows(rangePicked(down, at(5), at(1)))).toEqual([1, 2, 3])
  expect(rows(rangePicked(undefined, at(3, 'sha256'), at(5)))).toEqual([5])
  expect(rangePicked(undefined, at(0), at(5000)).rows.size).toBe(1000)
})

test('a menu is about all that are picked, or about a cell outside of them', () => {
  const picked = rangePicked(undefined, at(3), at(5))
  expect(rowsOf(picked, at(4))).toEqual([3, 4, 5])
  expect(rowsOf(picked, at(6))).toEqual([6])
  expect(rowsOf(picked, at(4, 'sha256'))).toEqual([4])
})
