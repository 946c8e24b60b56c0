import { createHash } from 'node:crypto'
import { allEndpoints } from '@quarry/schema/contract'
import { expect, test } from 'vitest'
import { docsPage } from './docs-page.ts'
import { html, rich } from './markup.ts'
import { typeOf } from './schema-type.ts'

const { html: page, policy } = await docsPage('https://quarry.example.org')

test('describes every endpoint, under its noun', async () => {
  for (const { id, path, method } of await allEndpoints()) {
    expect(page).toContain(`<article id="${id}">`)
    expect(page).toContain(`>${method}</span> <code>${path}</code>`)
    expect(page).toContain(`<section id="${id.split('.').slice(0, -1).join('.')}"`)
  }
})

test('every link inside leads to a place of the page, and no place has two', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
  expect(new Set(ids).size).toBe(ids.length)
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1])
  expect(links.length).toBeGreaterThan(100)
  expect([...new Set(links)].filter((link) => !ids.includes(link))).toEqual([])
})

test('runs no script and its one style sheet is the one that the policy names', () => {
  expect(page).not.toMatch(/<script|javascript:| style="| on\w+="/)
  const css = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`)
  expect(policy).toContain("default-src 'none'")
})

test('is well-formed: every element that opens closes', () => {
  const open: string[] = []
  for (const [, slash, name] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (['meta', 'link', 'br'].includes(name!)) continue
    if (!slash) open.push(name!)
    else expect(open.pop()).toBe(name)
  }
  expect(open).toEqual([])
})

test('what is filled in is escaped', () => {
  expect(html`<p>${'<b> & "c"'}</p>${false}${undefined}${[html`<i>`, '<']}`.text).toBe(
    '<p>&lt;b&gt; &amp; &quot;c&quot;</p><i>&lt;',
  )
  expect(rich('Ask `a < b`.').text).toBe('Ask <code>a &lt; b</code>.')
})

test.each([
  [{ type: 'string', maxLength: 5 }, 'string<small> …5</small>'],
  [{ type: 'integer', minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, 'integer'],
  [{ type: 'integer', minimum: 1, maximum: 9, default: 3 }, 'integer<small> 1…9, default 3</small>'],
  [{ enum: ['a', 'b'] }, '<code>a</code> | <code>b</code>'],
  [{ type: 'array', items: { $ref: '#/x/Run' } }, 'list of <a href="#schema-Run">Run</a>'],
  [{ type: 'object', properties: { a: { type: 'null' } } }, '{ <code>a?</code>: null }'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, 'map of number'],
])('%j is shown as %s', (schema, shown) => {
  expect(typeOf(schema).text).toBe(shown)
})
