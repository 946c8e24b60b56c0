import { expect, test } from 'vitest'
import { moveCursor } from './cursor.ts'

const extent = { rows: 1000, columns: 11, page: 20 }
const press = (name: string, from = { row: 500, column: 5 }, within = extent) =>
  moveCursor(
    from,
    { key: name.replace('Ctrl+', ''), ctrlKey: name.startsWith('Ctrl+'), metaKey: false },
    within,
  )

test.each([
  ['ArrowUp', 499, 5],
  ['ArrowDown', 501, 5],
  ['ArrowLeft', 500, 4],
  ['ArrowRight', 500, 6],
  ['Home', 500, 0],
  ['End', 500, 10],
  ['Ctrl+Home', 0, 0],
  ['Ctrl+End', 999, 10],
  ['Ctrl+ArrowDown', 999, 5],
  ['Ctrl+ArrowRight', 500, 10],
  ['PageUp', 481, 5],
  ['PageDown', 519, 5],
])('%s moves to row %d, column %d', (name, row, column) => {
  expect(press(name)).toEqual({ row, column })
})

test('the header stands above the first row, and paging stops short of it', () => {
  expect(press('ArrowUp', { row: 0, column: 3 })).toEqual({ row: -1, column: 3 })
  expect(press('ArrowUp', { row: -1, column: 3 })).toEqual({ row: -1, column: 3 })
  expect(press('ArrowDown', { row: -1, column: 3 })).toEqual({ row: 0, column: 3 })
  expect(press('PageUp', { row: 4, column: 3 })).toEqual({ row: 0, column: 3 })
})

test('the cursor stays inside the table', () => {
  expect(press('ArrowLeft', { row: 0, column: 0 })).toEqual({ row: 0, column: 0 })
  expect(press('PageDown', { row: 995, column: 10 })).toEqual({ row: 999, column: 10 })
})

test('an empty table has its header only, one without columns nothing', () => {
  const empty = { ...extent, rows: 0 }
  expect(press('ArrowDown', { row: -1, column: 0 }, empty)).toEqual({ row: -1, column: 0 })
  expect(press('Ctrl+Home', { row: -1, column: 2 }, empty)).toEqual({ row: -1, column: 0 })
  expect(press('ArrowDown', { row: 0, column: 0 }, { ...extent, columns: 0 })).toBeUndefined()
})

test('other keys leave it alone', () => {
  expect(press('a')).toBeUndefined()
})
