import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { AppError } from '@quarry/schema'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ConsoleFiles, type Encoding, isCompressible, openConsoleFiles } from './console-files.ts'

/** Addresses of the API have a version as their second part; they are never the console's. */
const apiPath = /^\/[^/]+\/v\d+(\/|$)/

/** Where Vite puts the build. */
export const consoleFolder = join(import.meta.dirname, '../../../console/dist')

/** `index.html` holds this word where the nonce of its answer belongs. */
const noncePlaceholder = 'QUARRY_CSP_NONCE'

/**
 * Serves the console: its files, and `index.html` for every address that is neither a file nor the API's, since the
 * console reads its own address. What nobody serves is `not_found`.
 */
export function serveConsole(app: FastifyInstance, folder = consoleFolder): void {
  const files = openConsoleFiles(folder)
  app.setNotFoundHandler(async (request, reply) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const path = pathOf(request)
    if (!isRead || path === undefined || apiPath.test(path)) throw new AppError('not_found')
    if (!files.isBuilt()) return sendUnbuilt(reply)

    const name = path.slice(1)
    if (files.has(name) && name !== 'index.html') return await sendFile(files, name, request, reply)
    const isFile = path.startsWith('/assets/') || /\.\w+$/.test(path)
    if (isFile && name !== 'index.html') throw new AppError('not_found')
    return await sendIndex(files, reply)
  })
}

function pathOf(request: FastifyRequest): string | undefined {
  try {
    return decodeURIComponent(request.url.split('?')[0]!)
  } catch {
    return undefined
  }
}

/** Files below `assets` have the hash of their content in their name, so a browser may keep them for ever. */
async function sendFile(files: ConsoleFiles, name: string, request: FastifyRequest, reply: FastifyReply) {
  const encoding = isCompressible(name) ? encodingOf(request) : 'identity'
  const { body, type } = await files.read(name, encoding)
  reply.header('content-type', type).header('vary', 'accept-encoding')
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  reply.header(
    'cache-control',
    name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  )
  return reply.send(body)
}

async function sendIndex(files: ConsoleFiles, reply: FastifyReply) {
  const { body, type } = await files.read('index.html', 'identity')
  const nonce = randomBytes(16).toString('base64')
  reply.header('content-security-policy', consolePolicy(nonce)).header('content-type', type)
  return reply.send(body.toString('utf8').replaceAll(noncePlaceholder, nonce))
}

/**
 * What the console may do in a browser: nothing that is not its own. Scripts are files alone, never inline or made from
 * text. Style elements, which its components write while they run, carry the nonce of this very answer.
 */
function consolePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function encodingOf(request: FastifyRequest): Encoding {
  const accepted = String(request.headers['accept-encoding'] ?? '')
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0+)?\b)/.test(accepted)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0+)?\b)/.test(accepted) ? 'gzip' : 'identity'
}

function sendUnbuilt(reply: FastifyReply) {
  reply.code(503).header('content-type', 'text/html; charset=utf-8')
  return reply.send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Quarry</title>
<h1>The console is not built yet</h1>
<p>Run <code>npm run build</code> in the folder of Quarry, then load this page again.</p>
<p>The HTTP API works without it: its reference is at <a href="/docs">/docs</a>.</p>
</html>
`)
}
