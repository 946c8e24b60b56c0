import { expect, test } from 'vitest'
import { undeclared, unused, withUndeclared } from './declared.ts'

const sql =
  "SELECT * FROM file WHERE path LIKE '%$$name$$%' AND size > $$least size$$ AND path <> '$$name$$' -- $$no$$"

test('finds what the SQL uses and nobody declared, once each', () => {
  expect(undeclared(sql, [])).toEqual(['name', 'least size'])
  expect(undeclared(sql, [{ name: 'name', dataType: 'text' }])).toEqual(['least size'])
})

test('the form has them after the declared ones', () => {
  expect(withUndeclared(sql, [{ name: 'least size', dataType: 'integer', value: '1' }])).toEqual([
    { name: 'least size', dataType: 'integer', value: '1' },
    { name: 'name', dataType: 'text' },
  ])
})

test('a declared one that the SQL does not use is named', () => {
  expect(
    unused(sql, [
      { name: 'other', dataType: 'text' },
      { name: 'name', dataType: 'text' },
    ]),
  ).toEqual(['other'])
})
