// Tokenizer, renderer and linter over texts that nobody would write: seeded, so that a failure comes again.
import { AppError, type TableSpec } from '@quarry/schema'
import { describe, expect, test } from 'vitest'
import { lint } from './lint.ts'
import { renderTemplate } from './render.ts'
import { tokenize } from './tokenize.ts'
import { findVariables } from './variables.ts'

/** Numbers from 0 to 1 by a seed (mulberry32). */
function random(seed: number) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const pieces =
  `SELECT|FROM|JOIN|WITH|RECURSIVE|AS|(|)|,|;|.|*|WHERE|ON|USING|UNION ALL|EXCEPT|NATURAL|IN|LIKE|=|<>|->>|||time|path|processes|
proces|file|sophos_process_journal|sophosPID|p|p.|p.nmae|x a|a$$b$$|$$v w$$|'$$v w$$'|'%$$x$$%'|"$$x$$"|$$|$|'|''|"|\`|[|]|[n]|--|-- c\n|/*|*/|
/* c */|\n|\r\n|\t| |\0|é|表|😀|\ud800|x'0f'|x'0|0x|1.5e-3|.5|1__2|?|?1|:p|@p|#|\\|\ufeff|\u00a0|null|CASE WHEN|END|VALUES|OVER|json_each(`.split(
    '|',
  )
pieces.push('|', "it''s", '$$All (1) or one (0)$$')

function oddText(next: () => number): string {
  const length = Math.floor(next() ** 2 * 120)
  const pick = () => pieces[Math.floor(next() * pieces.length)]!
  return Array.from({ length }, () => pick() + (next() < 0.6 ? ' ' : '')).join('')
}

const table = (name: string, ...columns: string[]): TableSpec => ({
  name,
  description: 'A table.',
  platforms: ['linux'],
  examples: [],
  columns: columns.map((column) => ({
    name: column,
    type: 'text',
    description: 'A column.',
    ...(column === 'path' && { required: true }),
    ...(column === 'sophosPID' && { aliasOf: 'time' }),
  })),
})
const tables = [
  table('processes', 'pid', 'name'),
  table('file', 'path', 'size'),
  table('sophos_process_journal', 'time', 'time_ms', 'sophosPID'),
]
const kinds = (sql: string) => tokenize(sql).map(({ kind }) => kind)

describe.each([1, 2, 3, 4])('seed %i', (seed) => {
  const next = random(seed)
  const texts = Array.from({ length: 500 }, () => oddText(next))

  test('tokens cover the text without gaps, and variables lie within', () => {
    for (const text of texts) {
      let end = 0
      for (const token of tokenize(text)) {
        expect([token.from, token.text]).toEqual([end, text.slice(token.from, token.to)])
        expect(token.to).toBeGreaterThan(token.from)
        end = token.to
      }
      expect(end).toBe(text.length)
      for (const { from, to } of findVariables(text)) expect(text.slice(from, to)).toMatch(/^\$\$.+\$\$$/su)
    }
  })

  test('findings lie within the text, and their line and column are those of the place', () => {
    for (const text of texts) {
      for (const { from, to, line, column, message } of lint(text, tables, 3)) {
        expect(from >= 0 && from < to && to <= text.length).toBe(true)
        const before = text.slice(0, from).split('\n')
        expect([line, column]).toEqual([before.length, before.at(-1)!.length + 1])
        expect(message).toMatch(/[.?]$/)
      }
    }
  })

  test('a value never changes what the SQL is', () => {
    const render = (text: string, value: string) =>
      renderTemplate(
        text,
        [],
        [...new Set(findVariables(text).map(({ name }) => name))].map((name) => ({ name, value })),
      )
    for (const text of texts) {
      let plain: string
      try {
        plain = render(text, 'v')
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
        continue
      }
      for (const value of ["'; DROP --", '"', '*/', '$$x$$', '\\', '\n', ''])
        expect([text, kinds(render(text, value))]).toEqual([text, kinds(plain)])
    }
  })
})
