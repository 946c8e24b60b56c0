import { AppError, type Endpoint } from '@quarry/schema'
import type { FastifyRequest } from 'fastify'
import type { Context } from './context.ts'
import { sameText } from './security/secrets.ts'
import { readSessionCookie } from './security/session-cookie.ts'
import type { Who } from './who.ts'

/**
 * Finds who calls and whether they may: the one place for access.
 * @throws AppError unauthorized, bad_tenant, bad_csrf_token, password_change_required, forbidden
 */
export async function authorize(ctx: Context, spec: Endpoint, request: FastifyRequest): Promise<Who> {
  const who = await identify(ctx, request)
  if (!who) throw new AppError('unauthorized')
  const { session } = who
  checkTenant(ctx, spec, request, who)
  if (!session && isAboutSession(spec)) throw new AppError('forbidden', 'Only a person has a session.')
  if (session) {
    if (spec.method !== 'GET') checkCsrf(request, session.csrfToken)
    if (session.mustChangePassword && !isAboutSession(spec)) {
      throw new AppError('password_change_required')
    }
  }
  if (spec.access !== 'signedIn' && spec.access !== 'public' && !who.permissions.includes(spec.access)) {
    throw new AppError('forbidden')
  }
  return who
}

/** What someone with a one-time password reaches, and a program does not. */
function isAboutSession(spec: Endpoint): boolean {
  return spec.id.startsWith('session.')
}

/** A bearer token goes before a cookie: whoever sends one means it. */
async function identify(ctx: Context, request: FastifyRequest): Promise<Who | undefined> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(authorization)?.[1]
    return token === undefined ? undefined : await ctx.apiClients.find(token, request.ip)
  }
  const secret = readSessionCookie(request)
  return secret === undefined ? undefined : await ctx.sessions.find(secret, request.ip)
}

/** A program must name its tenant (`whoami` is how it learns it); a console may, and then rightly. */
function checkTenant(ctx: Context, spec: Endpoint, request: FastifyRequest, who: Who): void {
  if (spec.id === 'whoami.get') return
  const tenant = request.headers['x-tenant-id']
  if (tenant === undefined && who.type === 'user') return
  if (tenant !== ctx.tenantId) throw new AppError('bad_tenant')
}

function checkCsrf(request: FastifyRequest, expected: string): void {
  const given = request.headers['x-csrf-token']
  if (typeof given !== 'string' || !sameText(given, expected)) throw new AppError('bad_csrf_token')
}
