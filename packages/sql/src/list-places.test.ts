import { expect, test } from 'vitest'
import { checkedList, renderTemplate } from './render.ts'

const put = (template: string, values = ['a', 'b'], dataType: 'text' | 'integer' = 'text') =>
  renderTemplate(template, [], [{ name: 'x', values, dataType }])
const all = "SELECT value FROM quarry_list WHERE list = 'x'"
const items = "(SELECT value AS quarry_item FROM quarry_list WHERE list = 'x')"

test.each([
  ["WHERE a = '$$x$$' AND b", `WHERE a IN (${all}) AND b`],
  ['WHERE a == $$x$$', `WHERE a IN (${all})`],
  ['WHERE a = "$$x$$"', `WHERE a IN (${all})`],
  ["WHERE a IN ('$$x$$')", `WHERE a IN (${all})`],
  ['WHERE a NOT IN ( $$x$$ )', `WHERE a NOT IN ( ${all} )`],
  ["WHERE a = lower('$$x$$')", `WHERE a IN (${all.replace('value', 'lower(value)')})`],
  ["WHERE a = '::ffff:$$x$$'", `WHERE a IN (${all.replace('value', "'::ffff:' || value")})`],
  ["WHERE t.a LIKE '$$x$$' OR 1", `WHERE t.a IN (${all}) OR 1`],
  ["WHERE a NOT LIKE '$$x$$'", `WHERE a NOT IN (${all})`],
  [
    "WHERE t.a LIKE '%$$x$$%' OR 1",
    `WHERE EXISTS (SELECT 1 FROM ${items} WHERE t.a LIKE '%' || quarry_item || '%') OR 1`,
  ],
  [
    "WHERE lower(t.a) NOT LIKE '%it''s $$x$$'",
    `WHERE NOT EXISTS (SELECT 1 FROM ${items} WHERE lower(t.a) LIKE '%it''s ' || quarry_item)`,
  ],
  [
    "WHERE (a || b) LIKE '$$x$$%'",
    `WHERE EXISTS (SELECT 1 FROM ${items} WHERE (a || b) LIKE quarry_item || '%')`,
  ],
])('%s', (template, sql) => {
  expect(put(template)).toBe(sql)
})

test('values with % are patterns', () => {
  expect(put("WHERE a LIKE '$$x$$'", ['/tmp/%'])).toBe(
    `WHERE EXISTS (SELECT 1 FROM ${items} WHERE a LIKE quarry_item)`,
  )
})

test('whole numbers are compared as numbers', () => {
  expect(put('WHERE a = $$x$$', ['1'], 'integer')).toBe(
    "WHERE a IN (SELECT CAST(value AS INTEGER) FROM quarry_list WHERE list = 'x')",
  )
  expect(checkedList('x', 'integer', ['+1', '1', '2'])).toEqual(['1', '2'])
  expect(() => checkedList('x', 'integer', ['1 OR 1'])).toThrow('must be a whole number')
})

test.each([
  ["SELECT '$$x$$', 0", "A list cannot stand here: “SELECT '$$x$$',”."],
  ["WHERE a > '$$x$$'", "A list cannot stand here: “a > '$$x$$'”."],
  ["WHERE a <> '$$x$$'", 'A list cannot stand here'],
  ["WHERE a IN ('$$x$$', 'c')", 'A list cannot stand here'],
  ["WHERE a || b LIKE '%$$x$$%'", 'A list cannot stand here'],
  ["WHERE a LIKE '$$x$$' ESCAPE '!'", 'A list cannot stand here'],
  ["WHERE a = '$$x$$ $$y$$'", 'A list cannot stand beside another variable'],
])('no list can stand in %s', (template, sentence) => {
  expect(() => put(template)).toThrow(sentence)
})

test('a name of a list is no SQL', () => {
  const sql = renderTemplate("WHERE a = '$$o k-1$$'", [], [{ name: 'o k-1', values: ["'); DROP"] }])
  expect(sql).toBe("WHERE a IN (SELECT value FROM quarry_list WHERE list = 'o k-1')")
})

test('an empty list and a list of yes and no are refused', () => {
  expect(() => checkedList('x', 'text', [])).toThrow('The list for “x” is empty.')
  expect(() => checkedList('x', 'boolean', ['1'])).toThrow('takes one value')
})
