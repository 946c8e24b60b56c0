import { Connector, type HttpConnector } from '@quarry/schema/connectors/connector'
import { expect, test } from 'vitest'
import { buildRequest } from './build-request.ts'

function connector(request: object): HttpConnector {
  return Connector.parse({
    id: 'example',
    name: 'Example',
    description: 'An example.',
    kind: 'http',
    hosts: ['api.example.com'],
    secrets: { key: { label: 'Key' }, other: { label: 'Other', required: false } },
    lookups: [{ types: ['username'], request, response: {} }],
  }) as HttpConnector
}

const build = (request: object, value: string) =>
  buildRequest(connector(request).lookups[0]!, value, (name) => (name === 'key' ? 'k&e=y' : undefined))

test.each(['.', '..', ''])('“%s” alone cannot stand in a path', (value) => {
  expect(() => build({ url: 'https://api.example.com/v1/{value}/x' }, value)).toThrow(
    'cannot stand in an address',
  )
})

test.each([
  '../../admin',
  '..%2f..%2fadmin',
  'a/b?c=d#e',
  '//evil.example',
  '@evil.example',
  '\\evil',
  'a\r\nHost: evil',
  '%00',
])('“%s” stays one segment of the path, and one field of the query', (value) => {
  const path = build({ url: 'https://api.example.com/v1/{value}/x' }, value).url
  expect([path.host, path.pathname.split('/').length, path.search, path.hash]).toEqual([
    'api.example.com',
    4,
    '',
    '',
  ])
  expect(decodeURIComponent(path.pathname.split('/')[2]!)).toBe(value)
  const { url } = build(
    { url: 'https://api.example.com/v1', query: { q: '{value}', k: '{secret.key}' } },
    value,
  )
  expect([...url.searchParams]).toEqual([
    ['q', value],
    ['k', 'k&e=y'],
  ])
})

test('a value is a text in JSON and a field of a form', () => {
  const value = '"},{"x":"&query=other'
  const json = build(
    { method: 'POST', url: 'https://api.example.com/', json: { a: ['{value}'], b: 1 } },
    value,
  )
  expect(JSON.parse(json.body!)).toEqual({ a: [value], b: 1 })
  const form = build({ method: 'POST', url: 'https://api.example.com/', form: { a: '{value}' } }, value)
  expect([...new URLSearchParams(form.body)]).toEqual([['a', value]])
})

test('a line end in a header is refused; a header whose optional secret is not set is left out', () => {
  const headers = { 'X-User': '{value}', 'X-Key': '{secret.key}', 'X-Other': '{secret.other}' }
  expect(() => build({ url: 'https://api.example.com/', headers }, 'a\r\nX-Evil: 1')).toThrow('header')
  expect(build({ url: 'https://api.example.com/', headers }, 'ada').headers).toMatchObject({
    'x-user': 'ada',
    'x-key': 'k&e=y',
  })
  expect(build({ url: 'https://api.example.com/', headers }, 'ada').headers).not.toHaveProperty('x-other')
})

test.each([
  [{ url: 'https://{value}/x' }, 'url'],
  [{ url: 'https://other.example.com/{value}' }, 'not among the hosts'],
  [{ url: 'https://api.example.com:8443/{value}' }, 'not among the hosts'],
  [{ url: 'https://user@api.example.com/{value}' }, 'not among the hosts'],
  [{ url: 'https://api.example.com/a{value}' }, 'value alone'],
  [{ url: 'https://api.example.com/{value}?x=1' }, 'query'],
  [{ url: 'https://api.example.com/{secret.key}/{value}' }, 'secret cannot stand in the path'],
  [{ url: 'https://api.example.com/{ip}' }, 'not a placeholder'],
  [{ url: 'https://api.example.com/', headers: { a: '{secret.nobody}{value}' } }, 'no secret “nobody”'],
  [{ url: 'https://api.example.com/' }, 'nowhere in the request'],
  [{ url: 'https://api.example.com/{value}', query: { access_key: '0123456789' } }, 'looks like a key'],
  [{ url: 'https://api.example.com/{value}', headers: { Authorization: 'Bearer abc' } }, 'looks like a key'],
  [{ url: 'ftp://api.example.com/{value}' }, 'http'],
])('a connector that would put a value or a key in the wrong place is refused: %j', (request, sentence) => {
  expect(() => connector(request)).toThrow(sentence)
})
