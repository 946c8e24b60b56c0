import { expect, test } from 'vitest'
import { significant, tokenize } from './tokenize.ts'
import { findVariables } from './variables.ts'

test('joined, the tokens are the text again, whatever it is', () => {
  for (const sql of [
    `SELECT a.b, 'it''s', "x""y", [n], \`t\`, x'0f', 1.5e-3, .5, 0xFF FROM t -- end`,
    `/* open`,
    `'open`,
    `a$$b$$c $x$ §`,
    `SELECT é.naïve FROM 表 WHERE a->>'$.b'`,
  ])
    expect(
      tokenize(sql)
        .map((t) => t.text)
        .join(''),
    ).toBe(sql)
})

test('names what each piece is', () => {
  const kinds = significant(tokenize(`SELECT x'00' || 'a' <= 1.5 -- no\n AND $$v w$$ = :p`)).map(
    (t) => t.kind,
  )
  expect(kinds).toEqual([
    'word',
    'blob',
    'operator',
    'string',
    'operator',
    'number',
    'word',
    'variable',
    'operator',
    'parameter',
  ])
})

test('finds variables by place, not in comments', () => {
  expect(findVariables(`/* $$no$$ */ SELECT '$$a$$', '%$$b c$$%', $$d$$ -- $$e$$`)).toEqual([
    { name: 'a', place: 'literal', from: 21, to: 26 },
    { name: 'b c', place: 'within', from: 31, to: 38 },
    { name: 'd', place: 'bare', from: 42, to: 47 },
  ])
})

test.each([
  ['$$ALL commands (1) or just encoded (0)$$', 'ALL commands (1) or just encoded (0)'],
  ['$$Größe in %, höchstens$$', 'Größe in %, höchstens'],
  ['$$Days? $$', 'Days?'],
])('a name may hold what its author had to say: %s', (text, name) => {
  expect(findVariables(`a = ${text}`)).toEqual([{ name, place: 'bare', from: 4, to: 4 + text.length }])
})

test.each(["'$$' || '$$'", "'echo $$ and $$'", '$$a\nb$$', '$$a;b$$', '$$$$'])('no variable: %s', (text) => {
  expect(findVariables(text)).toEqual([])
})
