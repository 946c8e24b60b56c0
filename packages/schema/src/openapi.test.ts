import { expect, test } from 'vitest'
import { allEndpoints } from './contract.ts'
import { nounOf, openApi } from './openapi.ts'

const endpoints = await allEndpoints()
const document = await openApi('https://quarry.example.org')
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

/** Follows a JSON pointer such as `#/components/schemas/Run`. */
function resolve(pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
}

test('says what it is', () => {
  expect(document).toMatchObject({
    openapi: '3.1.0',
    info: { title: 'Quarry' },
    servers: [{ url: 'https://quarry.example.org' }],
  })
})

test('holds every endpoint of the contract, and nothing else', () => {
  const found = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()
  expect(found).toEqual(endpoints.map((spec) => `${spec.method} ${spec.path}`).sort())
})

test('every reference leads somewhere', () => {
  const pointers = new Set(
    [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!),
  )
  expect(pointers.size).toBeGreaterThan(20)
  expect([...pointers].filter((pointer) => resolve(pointer) === undefined)).toEqual([])
})

test('every component is used', () => {
  const text = JSON.stringify(document)
  const unused = Object.keys(document.components.schemas).filter(
    (name) => !text.includes(`"#/components/schemas/${name}"`),
  )
  expect(unused).toEqual([])
})

test('is plain JSON, with nothing of the schemas’ own ids left', () => {
  expect(JSON.parse(JSON.stringify(document))).toEqual(document)
  expect(JSON.stringify(document)).not.toMatch(/"\$id"|"\$schema"|"~standard"/)
})

test.each(operations)('$method $path is whole', ({ path, operation }) => {
  const { parameters, responses, tags } = operation as {
    parameters: { name: string; in: string; required: boolean; schema: unknown }[]
    responses: Record<string, unknown>
    tags: string[]
  }
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  expect(inPath.map((parameter) => `{${parameter.name}}`)).toEqual(path.match(/\{\w+\}/g) ?? [])
  expect(inPath.every((parameter) => parameter.required)).toBe(true)
  expect(parameters.every((parameter) => typeof parameter.schema === 'object')).toBe(true)
  expect(new Set(parameters.map((parameter) => parameter.name)).size).toBe(parameters.length)
  expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true)
  expect(document.tags.map((tag) => tag.name)).toEqual(expect.arrayContaining(tags))
})

test('a call is described with its parameters, its body and its errors', () => {
  const get = document.paths['/live-discover/v1/queries/{id}']!.get as { parameters: { name: string }[] }
  expect(get.parameters.map((parameter) => parameter.name)).toEqual(['id', 'fields'])
  expect(document.paths['/live-discover/v1/queries/runs']!.post).toMatchObject({
    operationId: 'liveDiscover.runs.create',
    'x-access': 'queries:run',
    requestBody: {
      content: { 'application/json': { schema: { $ref: '#/components/schemas/RunInput' } } },
    },
    responses: {
      201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Run' } } } },
      409: { description: '`no_endpoints`: No enrolled device matches.' },
    },
  })
  expect(document.paths['/api/v2/oauth2/token']!.post).toMatchObject({ security: [] })
})

test('what has a default may be left out when it goes in, and is there when it comes out', () => {
  const { QueryInput, Query } = document.components.schemas as Record<string, { required: string[] }>
  expect(QueryInput!.required).toEqual(['name', 'template'])
  expect(Query!.required).toContain('description')
})

test('a form that is the same in both directions has one name', () => {
  const names = Object.keys(document.components.schemas)
  expect(names.filter((name) => name.endsWith('Request')).sort()).toEqual([
    'CapabilityRequest',
    'QueryVariableRequest',
  ])
})

test('a noun is the id without its verb', () => {
  expect(nounOf({ id: 'liveDiscover.runs.create' })).toBe('liveDiscover.runs')
})
