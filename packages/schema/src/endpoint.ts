import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import type { Permission } from './permissions.ts'

type Shape = z.ZodType

/**
 * Who may call. A permission, or `signedIn` (any valid session or token), or `public` (no identity;
 * the handler itself checks a secret in the body, as sign-in and enrolment do).
 */
export type Access = Permission | 'signedIn' | 'public'

/** How the answer leaves the server: one JSON value, server-sent events (each `data` an `output`), or a file. */
export type Answer = 'json' | 'events' | 'file'

export interface Endpoint<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends Shape = Shape,
  O extends Shape = Shape,
> {
  /** Dotted and unique, `liveDiscover.runs.create`; also the name of the operation in OpenAPI. */
  id: string
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Parameters stand in braces: `/live-discover/v1/queries/{id}`. */
  path: `/${string}`
  description: string
  access: Access
  params?: P
  query?: Q
  body?: B
  /** How the body arrives; `form` is `application/x-www-form-urlencoded`. JSON when left out. */
  bodyType?: 'json' | 'form'
  output: O
  answer?: Answer
  status?: 200 | 201 | 204
  errors: readonly ErrorCode[]
}

/** Declares one API endpoint. The server serves it and every client calls it; nobody else spells its path. */
export function endpoint<
  P extends Shape = z.ZodUndefined,
  Q extends Shape = z.ZodUndefined,
  B extends Shape = z.ZodUndefined,
  O extends Shape = z.ZodUndefined,
>(spec: Endpoint<P, Q, B, O>): Endpoint<P, Q, B, O> {
  return spec
}

type Part<K extends string, T> = [T] extends [undefined]
  ? { [key in K]?: undefined }
  : Record<never, never> extends T
    ? { [key in K]?: T }
    : { [key in K]: T }

/** What a caller hands over: `params`, `query` and `body`, each only where the endpoint has it. */
export type Input<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _O>
    ? Part<'params', z.input<P>> & Part<'query', z.input<Q>> & Part<'body', z.input<B>>
    : never

/** What a handler receives: the same parts, parsed and with their defaults. */
export type Parsed<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _O>
    ? { params: z.output<P>; query: z.output<Q>; body: z.output<B> }
    : never

export type Output<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer O> ? z.output<O> : never
