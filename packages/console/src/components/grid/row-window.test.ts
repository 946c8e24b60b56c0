import { expect, test } from 'vitest'
import { geometryOf, MAX_HEIGHT, positionAt, rowsInView, scrolled, topToShow } from './row-window.ts'

const small = geometryOf(1000, 30, 600)
const large = geometryOf(1_000_000, 30, 600)

test('a table that fits the browser is not scaled', () => {
  expect(small).toEqual({ total: 30_000, height: 30_000, view: 600 })
  expect(scrolled({ scrollTop: 0, top: 0 }, 12_345, small)).toEqual({ scrollTop: 12_345, top: 12_345 })
})

test('shows the rows that are in view, and some around them', () => {
  expect(rowsInView({ scrollTop: 0, top: 0 }, small, 30, 1000, 5)).toEqual({ first: 0, last: 24 })
  expect(rowsInView({ scrollTop: 3015, top: 3015 }, small, 30, 1000, 0)).toEqual({ first: 100, last: 120 })
  expect(rowsInView({ scrollTop: 29_400, top: 29_400 }, small, 30, 1000, 5)).toEqual({
    first: 975,
    last: 999,
  })
  expect(rowsInView({ scrollTop: 0, top: 0 }, geometryOf(0, 30, 600), 30, 0, 5)).toEqual({
    first: 0,
    last: -1,
  })
})

test('a million rows stay below the height that a browser can hold', () => {
  expect(large.height).toBe(MAX_HEIGHT)
})

test('the wheel moves a scaled table pixel by pixel', () => {
  const from = positionAt(15_000_000, large)
  const to = scrolled(from, from.scrollTop + 100, large)
  expect(to.top).toBe(15_000_100)
})

test('a drag of the bar moves a scaled table in proportion, to both ends', () => {
  const middle = scrolled({ scrollTop: 0, top: 0 }, (MAX_HEIGHT - 600) / 2, large)
  expect(middle.top).toBe((30_000_000 - 600) / 2)
  const end = scrolled(middle, MAX_HEIGHT - 600, large)
  expect(end.top).toBe(30_000_000 - 600)
  expect(rowsInView(end, large, 30, 1_000_000, 0)).toEqual({ first: 999_980, last: 999_999 })
  expect(scrolled(end, 0, large).top).toBe(0)
})

test('the bar is put back to where a position belongs', () => {
  const from = positionAt(15_000_000, large)
  const moved = scrolled(from, from.scrollTop + 500, large)
  const settled = positionAt(moved.top, large)
  expect(settled.top).toBe(moved.top)
  expect(settled.scrollTop).toBeCloseTo(from.scrollTop + 250, 0)
})

test('brings a row into view by the shortest way', () => {
  const at = { scrollTop: 3000, top: 3000 }
  expect(topToShow(105, 30, at, small)).toBe(3000)
  expect(topToShow(99, 30, at, small)).toBe(2970)
  expect(topToShow(120, 30, at, small)).toBe(3030)
})

test('a position beyond the end is held at the end', () => {
  expect(positionAt(99_999_999, small).top).toBe(29_400)
  expect(positionAt(50, geometryOf(3, 30, 600)).top).toBe(0)
})
