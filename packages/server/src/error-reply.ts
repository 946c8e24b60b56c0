import { randomUUID } from 'node:crypto'
import { AppError, type ErrorCode } from '@quarry/schema'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/** An error that tells the caller how long to wait. */
export class TooManyRequests extends AppError {
  override name = 'TooManyRequests'
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super('too_many_requests', `Too many attempts; try again in ${retryAfterSeconds} s.`)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Answers with an error in the form that the whole API has. What is not ours is logged and says nothing of the inside. */
export function replyError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toAppError(error)
  const correlationId = randomUUID()
  if (known.code === 'internal' || known.code === 'disk_full') {
    request.log.error({ err: error, correlationId, method: request.method, route: request.routeOptions.url })
  }
  if (known instanceof TooManyRequests) reply.header('retry-after', String(known.retryAfterSeconds))
  if (known.code === 'unauthorized') reply.header('www-authenticate', 'Bearer')
  return reply.code(known.status).header('cache-control', 'no-store').send({
    error: known.code,
    message: known.message,
    correlationId,
    createdAt: new Date().toISOString(),
    requestId: request.id,
  })
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code = '', statusCode } = error as Partial<FastifyError>
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new AppError('disk_full')
  if (statusCode === 413) return new AppError('too_large')
  const isClientError = statusCode !== undefined && statusCode >= 400 && statusCode < 500
  if (isClientError && code.startsWith('FST_')) return new AppError('bad_request', sentence(code))
  return new AppError('internal')
}

function sentence(code: string): string {
  const sentences: Record<string, string> = {
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The Content-Type header names a form that this address does not take.',
    FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The Content-Length header does not match the body.',
  }
  return sentences[code] ?? 'The request cannot be read.'
}

/** Codes that any endpoint may answer with, beside the ones that it lists. */
export const harnessErrors: readonly ErrorCode[] = [
  'bad_request',
  'bad_tenant',
  'bad_origin',
  'bad_csrf_token',
  'unauthorized',
  'password_change_required',
  'forbidden',
  'not_found',
  'too_large',
  'too_many_requests',
  'disk_full',
  'internal',
]
