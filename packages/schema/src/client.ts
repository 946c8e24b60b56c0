import type { z } from 'zod'
import type { Endpoint, Input } from './endpoint.ts'
import { AppError, type ErrorCode, errors } from './errors.ts'

export interface ClientOptions {
  /** Headers of every call: a bearer token and `X-Tenant-ID`, or a CSRF token. Read anew for each call. */
  headers?: () => Record<string, string>
  fetch?: typeof fetch
}

/** An error that came over the wire; `correlationId` is what to quote to an administrator. */
export class ApiError extends AppError {
  readonly correlationId: string | undefined

  constructor(code: ErrorCode, message: string, correlationId?: string) {
    super(code, message)
    this.correlationId = correlationId
  }
}

export type Call = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  spec: Endpoint<P, Q, B, O>,
  input: Input<Endpoint<P, Q, B, O>>,
  options?: { signal?: AbortSignal },
) => Promise<z.output<O>>

type AnyInput = { params?: unknown; query?: unknown; body?: unknown }

/** Returns path and query string of a call: `{id}` filled from `params`, arrays and objects in `query` as JSON. */
export function urlOf(spec: Endpoint, input: AnyInput): string {
  const params = (input.params ?? {}) as Record<string, string>
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value === undefined || value === null) continue
    search.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return search.size > 0 ? `${path}?${search}` : path
}

/** Sends one call and returns the bare response, whatever its status. For streams and files. */
export async function send(
  baseUrl: string,
  spec: Endpoint,
  input: AnyInput,
  options: ClientOptions & { signal?: AbortSignal },
): Promise<Response> {
  const headers: Record<string, string> = { ...options.headers?.() }
  const init: RequestInit = { method: spec.method, headers, credentials: 'same-origin' }
  if (options.signal) init.signal = options.signal
  if (input.body !== undefined) {
    if (spec.bodyType === 'form') init.body = new URLSearchParams(input.body as Record<string, string>)
    else {
      init.body = JSON.stringify(input.body)
      headers['content-type'] = 'application/json'
    }
  }
  return await (options.fetch ?? fetch)(new URL(urlOf(spec, input), baseUrl), init)
}

/** Turns an answer that is not a success into the `ApiError` that it carries. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Record<string, string>
  const code = body.error !== undefined && body.error in errors ? (body.error as ErrorCode) : 'internal'
  return new ApiError(code, body.message ?? `The server answered ${response.status}.`, body.correlationId)
}

/**
 * The one client: used by the console, the command line and the tests.
 * @returns a function that makes a call and resolves to its parsed output; it throws `ApiError`.
 */
export function client(baseUrl: string, options: ClientOptions = {}): Call {
  return async (spec, input, { signal } = {}) => {
    const response = await send(baseUrl, spec, input, { ...options, ...(signal && { signal }) })
    if (!response.ok) throw await errorOf(response)
    return spec.output.parse(response.status === 204 ? undefined : await response.json())
  }
}
