import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import hexToInt from './hex_to_int.ts'

const fixture = await openFixture([hexToInt])

test('knows the bytes, and every number that is asked for', () => {
  expect(fixture.all('SELECT count(*) AS n, min(int) AS least, max(int) AS most FROM hex_to_int')).toEqual([
    { n: 256, least: 0, most: 255 },
  ])
  expect(
    fixture.all(
      "SELECT * FROM hex_to_int WHERE hex_string IN ('0x41', '0xfF', '0x12345678', '0xZZ', 'x') ORDER BY int",
    ),
  ).toEqual([
    { hex_string: '0x41', int: 65 },
    { hex_string: '0xfF', int: 255 },
    { hex_string: '0x12345678', int: 305419896 },
  ])
})

test('decodes a dump as public queries do', () => {
  const sql = `WITH RECURSIVE n(x) AS (VALUES (0) UNION ALL SELECT x + 1 FROM n WHERE x < 4)
    SELECT group_concat((SELECT char(int) FROM hex_to_int WHERE hex_string = '0x' || substr(hex('Hello'), x * 2 + 1, 2)), '') AS text FROM n`
  expect(fixture.all(sql)).toEqual([{ text: 'Hello' }])
})
