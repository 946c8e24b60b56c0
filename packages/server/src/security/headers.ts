import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

/** What an answer may do in a browser when nothing else is said: nothing at all. Pages set their own policy. */
const apiPolicy = "default-src 'none'; frame-ancestors 'none'"

/** Sets the headers that protect every answer; called for each request before anything else. */
export function securityHeaders(config: Config, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({
    'content-security-policy': apiPolicy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  if (config.tls || request.protocol === 'https') {
    reply.header('strict-transport-security', 'max-age=31536000')
  }
}
