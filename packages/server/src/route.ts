import { AppError, type Endpoint, type Parsed } from '@quarry/schema'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Context } from './context.ts'
import { authorize } from './identity.ts'
import { projectFields } from './project-fields.ts'
import type { Who } from './who.ts'

/** The request and reply of Fastify: for cookies and headers, and for answers that are streams or files. */
export interface Raw {
  request: FastifyRequest
  reply: FastifyReply
}

/** One endpoint with its handler. Each file of `routes/` has one as its default export. */
export interface Route {
  spec: Endpoint
  handle(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<unknown>
}

type Z = z.ZodType
type Handler<P extends Z, Q extends Z, B extends Z, O extends Z> = (
  ctx: Context,
  input: Parsed<Endpoint<P, Q, B, O>>,
  who: Who,
  raw: Raw,
) => Promise<z.input<O>> | z.input<O>

/**
 * Serves an endpoint of the contract. Access, CSRF, tenant, parsing of input and output, `fields` and errors are done
 * here, for all alike; the handler gets what it may trust and returns the output.
 */
export function route<P extends Z, Q extends Z, B extends Z, O extends Z>(
  spec: Endpoint<P, Q, B, O>,
  handler: Handler<P, Q, B, O>,
): Route {
  mustBe(spec.access !== 'public' && (spec.answer ?? 'json') === 'json', spec, 'route')
  return {
    spec,
    async handle(ctx, request, reply) {
      const who = await authorize(ctx, spec, request)
      const input = parseInput(spec, request)
      return sendOutput(spec, input, await handler(ctx, input, who, { request, reply }), reply)
    },
  }
}

/** Serves an endpoint that needs no identity, such as sign-in; the handler itself checks the secret in the body. */
export function publicRoute<P extends Z, Q extends Z, B extends Z, O extends Z>(
  spec: Endpoint<P, Q, B, O>,
  handler: (ctx: Context, input: Parsed<Endpoint<P, Q, B, O>>, raw: Raw) => Promise<z.input<O>> | z.input<O>,
): Route {
  mustBe(spec.access === 'public' && (spec.answer ?? 'json') === 'json', spec, 'publicRoute')
  return {
    spec,
    async handle(ctx, request, reply) {
      const input = parseInput(spec, request)
      return sendOutput(spec, input, await handler(ctx, input, { request, reply }), reply)
    },
  }
}

/**
 * Serves an endpoint whose answer is a stream of events or a file. The handler answers itself, by `reply.send(stream)` or
 * by `reply.hijack()` and `reply.raw`; what it throws before that becomes an error like any other.
 * @note After `hijack`, begin with `reply.raw.writeHead(200, { ...reply.getHeaders(), … })`, or the security headers are lost.
 */
export function rawRoute<P extends Z, Q extends Z, B extends Z, O extends Z>(
  spec: Endpoint<P, Q, B, O>,
  handler: (ctx: Context, input: Parsed<Endpoint<P, Q, B, O>>, who: Who, raw: Raw) => Promise<void> | void,
): Route {
  mustBe(spec.access !== 'public' && spec.answer !== undefined && spec.answer !== 'json', spec, 'rawRoute')
  return {
    spec,
    async handle(ctx, request, reply) {
      const who = await authorize(ctx, spec, request)
      await handler(ctx, parseInput(spec, request), who, { request, reply })
      return reply
    },
  }
}

function mustBe(fits: boolean, spec: Endpoint, kind: string): void {
  if (!fits)
    throw new Error(`${spec.id}: access "${spec.access}", answer "${spec.answer}" is not for ${kind}()`)
}

function parseInput<P extends Z, Q extends Z, B extends Z, O extends Z>(
  spec: Endpoint<P, Q, B, O>,
  request: FastifyRequest,
): Parsed<Endpoint<P, Q, B, O>> {
  const parsed = {
    params: parsePart(spec.params, request.params, 'params'),
    query: parsePart(spec.query, joined(request.query as Record<string, unknown>), 'query'),
    body: parsePart(spec.body, request.body, 'body'),
  }
  return parsed as Parsed<Endpoint<P, Q, B, O>>
}

function parsePart(schema: Z | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, 5)
  const sentences = issues.map((issue) => `${[part, ...issue.path].join('.')}: ${issue.message}`)
  throw new AppError('bad_request', `${sentences.join('; ')}.`)
}

/** `?ids=a&ids=b` means the same as `?ids=a,b`. */
function joined(query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  )
}

/** Parses the output, which also strips what the contract does not name: nothing inside leaks by an oversight. */
function sendOutput(spec: Endpoint, input: { query: unknown }, output: unknown, reply: FastifyReply) {
  const parsed = spec.output.parse(output)
  reply.code(spec.status ?? 200)
  if (spec.status === 204) return reply.send()
  const fields = (input.query as { fields?: string } | undefined)?.fields
  return reply.send(fields === undefined ? parsed : projectFields(parsed, fields))
}
