import { AppError, type DataType } from '@quarry/schema'
import { expect, test } from 'vitest'
import { renderTemplate, unixSeconds } from './render.ts'

const render = (template: string, type: DataType, value: string) =>
  renderTemplate(template, [{ name: 'my var', dataType: type }], [{ name: 'my var', value }])

test.each<[string, DataType, string, string]>([
  ["path = '$$my var$$'", 'text', "it's", "path = 'it''s'"],
  ["path LIKE '%$$my var$$%'", 'text', "a' OR 1=1 --", "path LIKE '%a'' OR 1=1 --%'"],
  ['path LIKE "%$$my var$$"', 'text', 'a"b\'c', "path LIKE '%a\"b''c'"],
  ['name = $$my var$$', 'text', "x' OR '1'='1", "name = 'x'' OR ''1''=''1'"],
  ['pid = $$my var$$', 'text', '12', 'pid = 12'],
  ['code = $$my var$$', 'text', '007', "code = '007'"],
  ['time >= $$my var$$', 'dateTime', '2026-01-01T00:00:00.000Z', 'time >= 1767225600'],
  ["time >= '$$my var$$'", 'dateTime', '2026-01-01T01:00:00+01:00', "time >= '1767225600'"],
  ['a -$$my var$$', 'integer', '-5', 'a -(-5)'],
  ['a = $$my var$$', 'integer', '-9223372036854775808', 'a = (-9223372036854775808)'],
  ['a > $$my var$$', 'double', '1e3', 'a > 1000'],
  ['a = $$my var$$', 'boolean', 'TRUE', 'a = 1'],
  ["-- $$my var$$\nSELECT '$$my var$$'", 'text', '\n; DROP', "-- $$my var$$\nSELECT '\n; DROP'"],
  ["'it''s $$my var$$'", 'text', 'x', "'it''s x'"],
])('%s with a %s of %j', (template, type, value, sql) => {
  expect(render(template, type, value)).toBe(sql)
})

test.each<[string, DataType, string, RegExp]>([
  ['a = $$my var$$', 'integer', '1 OR 1=1', /whole number of 64 bits; it is “1 OR 1=1”/],
  ['a = $$my var$$', 'integer', '9223372036854775808', /whole number of 64 bits/],
  ["a = '$$my var$$'", 'integer', "1'", /whole number/],
  ['a = $$my var$$', 'double', 'NaN', /must be a number/],
  ['a = $$my var$$', 'boolean', 'maybe', /true or false/],
  ['a = $$my var$$', 'dateTime', 'yesterday', /a time such as/],
  ["a = '$$my var$$'", 'text', 'a\0b', /without NUL/],
  ['table_$$my var$$', 'text', 'x', /glued to other text/],
  ["x'00'$$my var$$", 'text', 'x', /glued to other text/],
  ["a = x'$$my var$$'", 'text', '00', /glued to other text/],
  ['a = \'b\'"$$my var$$"', 'text', 'x', /glued to other text/],
  ['SELECT [$$my var$$]', 'text', 'x', /part of a name/],
  ["a = '$$another$$'", 'text', 'x', /“another” has no value/],
])('refuses %s with a %s of %j', (template, type, value, sentence) => {
  expect(() => render(template, type, value)).toThrow(sentence)
  expect(() => render(template, type, value)).toThrow(AppError)
})

test('a value that holds a variable is not rendered again', () => {
  const values = [
    { name: 'a', value: '$$b$$' },
    { name: 'b', value: "'" },
  ]
  expect(renderTemplate("SELECT '$$a$$', '$$b$$'", [], values)).toBe("SELECT '$$b$$', ''''")
})

test('a default stands in for a value that is not given', () => {
  expect(renderTemplate("'$$x$$'", [{ name: 'x', dataType: 'text', value: '%' }], [])).toBe("'%'")
})

test('times are unix seconds, dates midnight UTC, anything else nothing', () => {
  expect(unixSeconds('1767225600')).toBe(1767225600)
  expect(unixSeconds('2026-01-01')).toBe(1767225600)
  expect(unixSeconds('2026-01-01T00:00:00')).toBeUndefined()
  expect(unixSeconds('2026-13-01')).toBeUndefined()
})
