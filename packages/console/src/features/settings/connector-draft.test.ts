import { Connector } from '@quarry/schema/connectors/connector'
import { expect, test } from 'vitest'
import { codeOf, definitionOf, draftOf, emptyDraft, hostOf } from './connector-draft.ts'
import { readAddress } from './read-address.ts'

const filled = {
  ...emptyDraft,
  code: 'my_ipstack',
  name: 'My ipstack',
  description: 'Country of an address',
  url: 'http://api.ipstack.com/{value}',
  query: [{ name: 'access_key', value: '{secret.key}' }],
  secrets: [{ name: 'key', label: 'Access key', required: true }],
  fields: [
    { name: 'country', label: 'Country', path: 'country_name', type: 'text' },
    { name: 'score', label: 'Score', path: 'score', type: 'integer' },
  ],
  verdicts: [{ field: 'score', op: 'atLeast' as const, value: '75', verdict: 'malicious' as const }],
  otherwise: 'informative' as const,
  notFoundPath: 'found',
  notFoundEquals: 'false',
  perDay: 100,
}

test('what the form holds is a connector, and is read back the same', () => {
  const definition = definitionOf(filled)
  const connector = Connector.parse(definition)
  expect(connector).toMatchObject({
    hosts: ['api.ipstack.com'],
    description: 'Country of an address.',
    limits: { perDay: 100 },
    lookups: [
      {
        request: { url: 'http://api.ipstack.com/{value}', query: { access_key: '{secret.key}' } },
        response: {
          notFound: [{ status: [404] }, { path: 'found', equals: false }],
          verdict: [{ verdict: 'malicious', field: 'score', atLeast: 75 }],
        },
      },
    ],
  })
  expect(draftOf(connector as never)).toEqual({ ...filled, description: 'Country of an address.' })
})

test('a body of JSON keeps its form', () => {
  const draft = { ...filled, method: 'POST' as const, body: 'json' as const, json: '{\n  "q": "{value}"\n}' }
  expect(draftOf(Connector.parse(definitionOf(draft)) as never)).toMatchObject({
    body: 'json',
    json: draft.json,
  })
})

test('a connector that has more than the form can hold is for the YAML editor', () => {
  const connector = Connector.parse(definitionOf(filled)) as never as { lookups: object[] }
  expect(draftOf({ ...connector, lookups: [...connector.lookups, ...connector.lookups] })).toBeUndefined()
  const [lookup] = connector.lookups as [{ response: object }]
  const errors = [{ when: { path: 'error', exists: true } }]
  expect(
    draftOf({ ...connector, lookups: [{ ...lookup, response: { ...lookup.response, errors } }] }),
  ).toBeUndefined()
  expect(draftOf({ kind: 'link' })).toBeUndefined()
})

test('an address is taken apart as manuals print it', () => {
  expect(readAddress('http://api.ipstack.com/{ip}?access_key={key}')).toEqual({
    url: 'http://api.ipstack.com/{value}',
    query: [{ name: 'access_key', value: '{secret.key}' }],
    secrets: ['key'],
    given: {},
  })
  expect(readAddress('https://x.example/v1/$$sha256$$?apikey=<your api key>&lang=en')).toEqual({
    url: 'https://x.example/v1/{value}',
    query: [
      { name: 'apikey', value: '{secret.key}' },
      { name: 'lang', value: 'en' },
    ],
    secrets: ['key'],
    given: {},
  })
  expect(readAddress('https://x.example/{value|base64url}?q={domain}')).toEqual({
    url: 'https://x.example/{value|base64url}',
    query: [{ name: 'q', value: '{value}' }],
    secrets: [],
    given: {},
  })
})

test('a key that was pasted with its address is taken out of it', () => {
  expect(readAddress('http://api.ipstack.com/{ip}?access_key=0123456789abcdef')).toEqual({
    url: 'http://api.ipstack.com/{value}',
    query: [{ name: 'access_key', value: '{secret.key}' }],
    secrets: ['key'],
    given: { key: '0123456789abcdef' },
  })
})

test('host and id follow from what was typed', () => {
  expect(hostOf('https://API.example.com:8443/{value}')).toBe('api.example.com:8443')
  expect(hostOf('not yet')).toBe('')
  expect(codeOf('My IP service (2)')).toBe('my_ip_service_2')
})
