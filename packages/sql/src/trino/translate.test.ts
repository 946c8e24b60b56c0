import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { translateTrino } from './translate.ts'

const connection = await (await DuckDBInstance.create(':memory:')).connect()

test.each([
  [`concat('a', NULL)`, null],
  [`concat('a', upper('b'), 'c')`, 'aBc'],
  [`greatest(1, NULL)`, null],
  [`least(2, 1, 3)`, 1],
  [`date_diff('hour', TIMESTAMP '2020-03-01 00:59:00', TIMESTAMP '2020-03-01 01:01:00')`, '0'],
  [`to_unixtime(TIMESTAMP '1970-01-01 00:00:01.5')`, 1.5],
  [`regexp_like('1a 2b 14m', '\\d+b')`, true],
  [`split_part('a,b', ',', 2)`, 'b'],
  [`split_part('a,b', ',', 3)`, null],
  [`strpos('abc', 'c')`, '3'],
  [`if(1 = 2, 'x')`, null],
  [`(SELECT arbitrary(x) FROM (VALUES (NULL), ('b')) AS t (x))`, 'b'],
  [`(SELECT max_by(x, y) FROM (VALUES ('a', 1), (NULL, 2)) AS t (x, y))`, null],
  [`(SELECT min_by(x, y) FROM (VALUES ('a', 2), (NULL, 1)) AS t (x, y))`, null],
  [
    `(SELECT array_join(array_agg(DISTINCT x ORDER BY x), ' . ') FROM (VALUES ('b'), ('a'), ('b')) AS t (x))`,
    'a . b',
  ],
  [`(SELECT approx_distinct(t.x) FROM (VALUES ('b'), ('a'), ('b')) AS t (x))`, '2'],
  [`'a\\xb' LIKE 'a\\_b'`, true],
  [`chr(65)`, 'A'],
  [`(WITH a (x) AS (VALUES (1)), b (y) AS (SELECT upper('q') FROM a) SELECT y FROM b)`, 'Q'],
  [`'a_b' LIKE 'a!_b' ESCAPE '!'`, true],
])('%s', async (expression, expected) => {
  const { sql, refusals } = translateTrino(`SELECT ${expression}`)
  expect(refusals).toEqual([])
  expect((await connection.runAndReadAll(sql!)).getRowsJson()).toEqual([[expected]])
})

test.each([
  ['SELECT 5 / 2', 9, 10],
  ['SELECT date_format(now(), 1)', 7, 18],
  ['SELECT CAST(a AS varchar) FROM t', 7, 11],
  [`SELECT x'00'`, 7, 12],
  ['SELECT ARRAY[1]', 12, 15],
  [`SELECT split_part('a', ',', n) FROM t`, 7, 17],
])('refuses with the place: %s', (text, from, to) => {
  const { sql, refusals } = translateTrino(text)
  expect(sql).toBeUndefined()
  expect(refusals).toContainEqual({ from, to, reason: expect.stringMatching(/\.$/) })
})
