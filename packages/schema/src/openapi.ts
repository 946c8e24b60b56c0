import { allEndpoints } from './contract.ts'
import type { Endpoint } from './endpoint.ts'
import { errors } from './errors.ts'
import { type Json, jsonSchemas, ref } from './openapi-schemas.ts'

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
  const { input, output, named } = await jsonSchemas(endpoints)
  const paths: OpenApi['paths'] = {}
  for (const spec of endpoints) {
    paths[spec.path] ??= {}
    paths[spec.path]![spec.method.toLowerCase()] = operation(spec, input, output)
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
      schemas: { Error: errorSchema, ...named },
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
