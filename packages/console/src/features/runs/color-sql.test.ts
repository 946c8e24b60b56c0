import { expect, test } from 'vitest'
import { colorSql } from './color-sql.ts'

test('colours keywords and strings, and loses no letter', () => {
  const sql = "select path -- all\nFROM processes WHERE name = 'it''s' AND pid > $$x$$"
  const parts = colorSql(sql)
  expect(parts.map(({ text }) => text).join('')).toBe(sql)
  expect(parts.filter(({ kind }) => kind === 'keyword').map(({ text }) => text)).toEqual([
    'select',
    'FROM',
    'WHERE',
    'AND',
  ])
  expect(parts.find(({ kind }) => kind === 'string')?.text).toBe("'it''s'")
})
