import type { FastifyReply, FastifyRequest } from 'fastify'
import { absoluteMillis } from '../sessions/sessions.ts'

/** With TLS the name has the prefix by which browsers refuse a cookie that another host or plain http has set. */
function cookieOf(request: FastifyRequest): { name: string; secure: boolean } {
  const secure = request.protocol === 'https'
  return { name: secure ? '__Host-quarry_session' : 'quarry_session', secure }
}

/** Returns the secret of the session, if the request has one. */
export function readSessionCookie(request: FastifyRequest): string | undefined {
  return request.cookies[cookieOf(request).name]
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  const { name, secure } = cookieOf(request)
  reply.setCookie(name, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: absoluteMillis / 1000,
  })
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  const { name, secure } = cookieOf(request)
  reply.clearCookie(name, { path: '/', httpOnly: true, sameSite: 'strict', secure })
}
