import { readdirSync } from 'node:fs'
import { z } from 'zod'
import { allEndpoints } from './contract.ts'
import type { Endpoint } from './endpoint.ts'
import { errors } from './errors.ts'
import * as values from './values.ts'

type Json = Record<string, unknown>

/** The document, as far as its readers look inside. */
export interface OpenApi {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Json>>
  components: { schemas: Record<string, Json>; responses: Json; securitySchemes: Json }
}

/**
 * Makes the OpenAPI 3.1 document from the endpoints of the contract. Node only.
 * @param url where the API is reached, without a slash at the end.
 */
export async function openApi(url: string, version = '0.1.0'): Promise<OpenApi> {
  const endpoints = await allEndpoints()
  const names = await namedSchemas()
  const output = jsonSchemas(endpoints, names, 'output')
  const input = jsonSchemas(endpoints, names, 'input')
  const paths: OpenApi['paths'] = {}
  for (const spec of endpoints) {
    paths[spec.path] ??= {}
    paths[spec.path]![spec.method.toLowerCase()] = operation(spec, input.parts, output.parts)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quarry',
      version,
      description:
        'Ask every endpoint a question in SQL. Sign in with `POST /api/v2/oauth2/token`, learn the tenant from `GET /whoami/v1`, and send both with every other call.',
    },
    servers: [{ url }],
    tags: [...new Set(endpoints.map(nounOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: errorSchema, ...output.named, ...input.named },
      responses: {
        Error: { description: 'An error.', content: content('application/json', ref('Error')) },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'quarry_session' },
      },
    },
  }
}

/** The noun of an endpoint: its id without the verb. */
export function nounOf(spec: Pick<Endpoint, 'id'>): string {
  return spec.id.split('.').slice(0, -1).join('.')
}

/** Schemas that the contract exports by a name; each becomes a component. */
async function namedSchemas(): Promise<Map<z.ZodType, string>> {
  const folder = new URL('./endpoints/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const modules = await Promise.all(files.map((name) => import(new URL(name, folder).href)))
  const found = new Map<z.ZodType, string>()
  for (const module of [...modules, values] as Record<string, unknown>[]) {
    for (const [name, value] of Object.entries(module)) {
      if (value instanceof z.ZodType && !found.has(value)) found.set(value, name)
    }
  }
  return found
}

interface Converted {
  /** Components that the parts refer to. */
  named: Record<string, Json>
  /** Parts of endpoints by `<id>.<part>`. */
  parts: Record<string, Json>
}

/** A form that goes in may differ from the one that comes out (defaults, conversions), so each direction has its own. */
function jsonSchemas(
  endpoints: Endpoint[],
  names: Map<z.ZodType, string>,
  io: 'input' | 'output',
): Converted {
  const registry = z.registry<{ id: string }>()
  const suffix = io === 'input' ? 'Request' : ''
  for (const [schema, name] of names) registry.add(schema, { id: `${name}${suffix}` })
  const parts: Record<string, z.ZodType> = {}
  for (const spec of endpoints) {
    const own =
      io === 'output' ? { output: spec.output } : { params: spec.params, query: spec.query, body: spec.body }
    for (const [part, schema] of Object.entries(own)) {
      if (!schema || schema instanceof z.ZodUndefined) continue
      const id = `${spec.id}.${part}`
      parts[id] = schema
      if (!registry.has(schema)) registry.add(schema, { id })
    }
  }
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => `${refPrefix}${id}`,
  })
  const clean = Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, withoutIds(schema as Json)]),
  )
  const partSchemas = Object.fromEntries(
    Object.entries(parts).map(([id, schema]) => {
      const registered = registry.get(schema)!.id
      // Parameters are listed one by one, so they are wanted as they are, not by name.
      const isNamed = registered !== id && /\.(body|output)$/.test(id)
      return [id, isNamed ? ref(registered) : clean[registered]!]
    }),
  )
  const isPart = new Set(Object.keys(partSchemas))
  const components = Object.entries(clean).filter(([id]) => !isPart.has(id))
  return { named: usedBy(partSchemas, Object.fromEntries(components)), parts: partSchemas }
}

const refPrefix = '#/components/schemas/'

function ref(name: string): Json {
  return { $ref: `${refPrefix}${name}` }
}

function withoutIds({ $id: _id, $schema: _schema, ...schema }: Json): Json {
  return schema
}

/** Keeps the components that the parts reach, directly or through one another. */
function usedBy(parts: Record<string, Json>, components: Record<string, Json>): Record<string, Json> {
  const used: Record<string, Json> = {}
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key !== '$ref' || typeof inner !== 'string') visit(inner)
      else {
        const name = inner.slice(refPrefix.length)
        const component = components[name]
        if (!component || used[name]) continue
        used[name] = component
        visit(component)
      }
    }
  }
  visit(parts)
  return used
}

function operation(spec: Endpoint, input: Record<string, Json>, output: Record<string, Json>): Json {
  const status = String(spec.status ?? 200)
  const answer = output[`${spec.id}.output`]
  const body = input[`${spec.id}.body`]
  const success = {
    description: spec.status === 201 ? 'Made.' : spec.status === 204 ? 'Done.' : 'Answered.',
    ...(answer && { content: content(answerTypes[spec.answer ?? 'json'], answer) }),
  }
  return {
    operationId: spec.id,
    tags: [nounOf(spec)],
    summary: spec.description,
    'x-access': spec.access,
    security: spec.access === 'public' ? [] : [{ bearer: [] }, { session: [] }],
    parameters: [
      ...parameters(input[`${spec.id}.params`], 'path'),
      ...parameters(input[`${spec.id}.query`], 'query'),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: content(
          spec.bodyType === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
          body,
        ),
      },
    }),
    responses: {
      [status]: success,
      ...errorResponses(spec),
      default: { $ref: '#/components/responses/Error' },
    },
  }
}

const answerTypes = {
  json: 'application/json',
  events: 'text/event-stream',
  file: 'application/octet-stream',
}

function content(type: string, schema: Json): Json {
  return { [type]: { schema } }
}

function parameters(schema: Json | undefined, place: 'path' | 'query'): Json[] {
  const required = (schema?.required ?? []) as string[]
  return Object.entries((schema?.properties ?? {}) as Record<string, Json>).map(
    ([name, { description, ...own }]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description !== undefined && { description }),
      schema: own,
    }),
  )
}

/** The errors of an endpoint by status; several codes may share one. */
function errorResponses(spec: Endpoint): Json {
  const byStatus = Object.groupBy(spec.errors, (code) => String(errors[code].status))
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, codes]) => [
      status,
      {
        description: codes!.map((code) => `\`${code}\`: ${errors[code].message}`).join(' '),
        content: content('application/json', ref('Error')),
      },
    ]),
  )
}

const errorSchema: Json = {
  type: 'object',
  required: ['error', 'message', 'correlationId', 'createdAt', 'requestId'],
  properties: {
    error: { type: 'string', enum: Object.keys(errors) },
    message: { type: 'string', description: 'A sentence for people.' },
    correlationId: {
      type: 'string',
      format: 'uuid',
      description: 'Quote it to whoever reads the server’s log.',
    },
    code: { type: 'string' },
    createdAt: { type: 'string', format: 'date-time' },
    requestId: { type: 'string' },
  },
}
