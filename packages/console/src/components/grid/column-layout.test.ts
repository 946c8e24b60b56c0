import { expect, test } from 'vitest'
import {
  columnsInView,
  EMPTY_LAYOUT,
  hideColumn,
  moveColumn,
  nudgeColumn,
  orderColumns,
  pinColumn,
  placeColumns,
  resizeColumn,
} from './column-layout.ts'

const ids = ['a', 'b', 'c', 'd']
const place = (layout = EMPTY_LAYOUT, width = 0) =>
  placeColumns(
    ids,
    layout,
    width,
    () => 100,
    (id) => (id === 'b' ? 3 : id === 'c' ? 1 : 0),
  )

test('a column that came later stands behind those that were ordered', () => {
  expect(orderColumns(['a', 'b', 'new'], { ...EMPTY_LAYOUT, order: ['b', 'gone', 'a'] })).toEqual([
    'b',
    'a',
    'new',
  ])
})

test('pinned columns stand in front and are placed on their own', () => {
  const placed = place(pinColumn(EMPTY_LAYOUT, 'c', true))
  expect(placed.pinned).toEqual([{ id: 'c', left: 0, width: 100, pinned: true }])
  expect(placed.free.map(({ id, left }) => [id, left])).toEqual([
    ['a', 0],
    ['b', 100],
    ['d', 200],
  ])
})

test('room that is left goes to the columns that can use it, not to one that was resized', () => {
  expect(place(EMPTY_LAYOUT, 480).free.map(({ width }) => width)).toEqual([100, 160, 120, 100])
  expect(place(resizeColumn(EMPTY_LAYOUT, 'b', 200), 540).free.map(({ width }) => width)).toEqual([
    100, 200, 140, 100,
  ])
  expect(place(EMPTY_LAYOUT, 200).freeWidth).toBe(400)
})

test('hidden columns take no place', () => {
  expect(place(hideColumn(EMPTY_LAYOUT, 'b', true)).free.map(({ id }) => id)).toEqual(['a', 'c', 'd'])
  expect(hideColumn(hideColumn(EMPTY_LAYOUT, 'b', true), 'b', false)).toEqual(EMPTY_LAYOUT)
})

test('draws the columns in view and one on each side', () => {
  const { free } = place()
  expect(columnsInView(free, 0, 150)).toEqual({ first: 0, last: 2 })
  expect(columnsInView(free, 250, 300)).toEqual({ first: 1, last: 3 })
  expect(columnsInView(free, 900, 1000)).toEqual({ first: 2, last: 3 })
  expect(columnsInView([], 0, 100)).toEqual({ first: 0, last: -1 })
})

test('moves a column before another, to the end, and among the pinned', () => {
  expect(moveColumn(ids, EMPTY_LAYOUT, 'd', 'b').order).toEqual(['a', 'd', 'b', 'c'])
  expect(moveColumn(ids, EMPTY_LAYOUT, 'a', undefined).order).toEqual(['b', 'c', 'd', 'a'])
  const pinned = moveColumn(ids, pinColumn(EMPTY_LAYOUT, 'a', true), 'd', 'a')
  expect(orderColumns(ids, pinned)).toEqual(['d', 'a', 'b', 'c'])
  expect(pinned.pinned).toContain('d')
  expect(moveColumn(ids, pinned, 'd', 'c').pinned).toEqual(['a'])
})

test('a key moves a column past its shown neighbour and stays inside its group', () => {
  const hidden = hideColumn(EMPTY_LAYOUT, 'b', true)
  expect(nudgeColumn(ids, hidden, 'a', 1).order).toEqual(['c', 'b', 'a', 'd'])
  expect(nudgeColumn(ids, EMPTY_LAYOUT, 'a', -1)).toBe(EMPTY_LAYOUT)
  const pinned = pinColumn(EMPTY_LAYOUT, 'a', true)
  expect(nudgeColumn(ids, pinned, 'a', 1)).toBe(pinned)
})

test('a width is held between the limits and can be given back', () => {
  expect(resizeColumn(EMPTY_LAYOUT, 'a', 3).widths).toEqual({ a: 56 })
  expect(resizeColumn(EMPTY_LAYOUT, 'a', 99_999).widths).toEqual({ a: 1600 })
  expect(resizeColumn(resizeColumn(EMPTY_LAYOUT, 'a', 200), 'a', undefined)).toEqual(EMPTY_LAYOUT)
})
