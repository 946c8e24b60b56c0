import { randomUUID } from 'node:crypto'
import { globSync } from 'node:fs'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import cookie from '@fastify/cookie'
import { AppError } from '@quarry/schema'
import { openApi } from '@quarry/schema/openapi'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from './config.ts'
import { serveConsole } from './console/serve-console.ts'
import type { Context } from './context.ts'
import { docsPage } from './docs/docs-page.ts'
import { replyError } from './error-reply.ts'
import type { Route } from './route.ts'
import { securityHeaders } from './security/headers.ts'
import { hostCheck } from './security/hosts.ts'

/** Reads every route from the files of `routes/`. */
export async function readRoutes(): Promise<Route[]> {
  const folder = `${import.meta.dirname}/routes`
  const files = globSync('**/*.ts', { cwd: folder, exclude: ['**/*.test.ts'] }).sort()
  return await Promise.all(files.map(async (file) => (await import(`${folder}/${file}`)).default as Route))
}

/** Builds the HTTP application: its limits, its checks on every request, its errors, and every route. */
export async function buildApp(ctx: Context): Promise<FastifyInstance> {
  const app = bareApp(ctx.config, ctx)
  app.setErrorHandler(replyError)
  await app.register(cookie)
  readBodies(app)

  const check = hostCheck(ctx.config)
  app.addHook('onRequest', async (request, reply) => {
    securityHeaders(ctx.config, request, reply)
    check(request.headers)
  })
  app.server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    try {
      check(request.headers)
      const handler = ctx.upgrades.get(new URL(request.url ?? '/', 'http://localhost').pathname)
      if (!handler) throw new AppError('not_found')
      handler(request, socket, head)
    } catch (error) {
      refuseUpgrade(socket, error instanceof AppError ? error.status : 500)
    }
  })

  for (const { spec, handle } of await readRoutes()) {
    const url = spec.path.replace(/\{(\w+)\}/g, ':$1')
    app.route({ method: spec.method, url, handler: (request, reply) => handle(ctx, request, reply) })
  }
  app.get('/openapi.json', async () => await openApi(ctx.url()))
  app.get('/docs', async (_request, reply) => {
    const { html, policy } = await docsPage(ctx.url())
    return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html)
  })
  serveConsole(app)
  return app
}

/** Bodies are small here: results travel over the agents' links. A request may take a minute to arrive, no more. */
function bareApp(config: Config, { log }: Context): FastifyInstance {
  const limits = { maxHeaderSize: 16_384, headersTimeout: 20_000 }
  const options = {
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    frameworkErrors: replyError,
    bodyLimit: 1 << 20,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    // One hop: the proxy's own entry is the last of X-Forwarded-For, what came before it anyone may have written.
    trustProxy: config.behindProxy && ((_address: string, hop: number) => hop === 0),
  }
  const app = config.tls
    ? Fastify({ ...options, https: { ...config.tls, ...limits } })
    : Fastify({ ...options, http: limits })
  return app as unknown as FastifyInstance
}

/** JSON (an empty body counts as none) and forms; anything else is refused. */
function readBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parseJson(request, body as string, done)
  })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body as string)))
    },
  )
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
