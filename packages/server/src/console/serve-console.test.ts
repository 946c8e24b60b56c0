import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { replyError } from '../error-reply.ts'
import { serveConsole } from './serve-console.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-console-'))
const dist = join(folder, 'dist')
const script = `console.log("${'quarry '.repeat(200)}")`
const app = Fastify({ frameworkErrors: replyError })
let url: string

beforeAll(async () => {
  mkdirSync(join(dist, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Console</title>')
  writeFileSync(join(dist, 'favicon.svg'), '<svg/>')
  writeFileSync(join(dist, 'assets/index-abc.js'), script)
  app.setErrorHandler(replyError)
  serveConsole(app, dist)
  url = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

/** Sends a path as it is; `fetch` would tidy it and unpack the body. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return await new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(url)
      request({ hostname, port, path, method, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
        )
      })
        .on('error', reject)
        .end()
    },
  )
}

test.each(['/', '/index.html', '/live-discover', '/live-discover/runs/3f0d', '/settings/accounts?tab=1'])(
  '%s is the console',
  async (path) => {
    const answer = await get(path)
    expect([answer.status, answer.body.toString()]).toEqual([200, '<!doctype html><title>Console</title>'])
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'self'; /)
    expect(answer.headers['content-security-policy']).not.toMatch(/unsafe|\*|http:/)
  },
)

test.each([
  '/live-discover/v1/nothing',
  '/quarry/v1',
  '/api/v2/nothing',
  '/assets/gone.js',
  '/gone.png',
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/assets/../../secret.txt',
  '/%00',
])('%s is nothing', async (path) => {
  const answer = await get(path)
  expect(answer.body.toString()).not.toContain('secret')
  if (path === '/%00') return
  expect([answer.status, JSON.parse(answer.body.toString()).error]).toEqual([404, 'not_found'])
})

test('an address that cannot be decoded is a bad request', async () => {
  const answer = await get('/%zz')
  expect([answer.status, JSON.parse(answer.body.toString()).error]).toEqual([400, 'bad_request'])
})

test('nothing is posted to the console', async () => {
  expect((await get('/live-discover', {}, 'POST')).status).toBe(404)
})

test('hashed files are kept for ever, and come compressed as the browser likes', async () => {
  const path = '/assets/index-abc.js'
  const plain = await get(path)
  expect(plain.body.toString()).toBe(script)
  expect(plain.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  const brotli = await get(path, { 'accept-encoding': 'gzip, deflate, br' })
  expect(brotli.headers['content-encoding']).toBe('br')
  expect(brotliDecompressSync(brotli.body).toString()).toBe(script)
  const gzip = await get(path, { 'accept-encoding': 'gzip, br;q=0' })
  expect(gzip.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(gzip.body).toString()).toBe(script)
  expect((await get('/favicon.svg')).headers).toMatchObject({ 'cache-control': 'no-cache' })
})

test('a new build is served without a restart; a link in it leads nowhere new', async () => {
  writeFileSync(join(dist, 'index.html'), '<!doctype html><style nonce="QUARRY_CSP_NONCE"></style>')
  symlinkSync(join(folder, 'secret.txt'), join(dist, 'link.txt'))
  utimesSync(join(dist, 'index.html'), new Date(), new Date(Date.now() + 5000))
  const [one, two] = [await get('/'), await get('/')]
  const nonce = /nonce="([\w+/=]+)"/.exec(one.body.toString())![1]!
  expect(nonce).toHaveLength(24)
  expect(one.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}';`)
  expect(two.body.toString()).not.toBe(one.body.toString())
  expect((await get('/link.txt')).status).toBe(404)
})

test('without a build it says what to do', async () => {
  rmSync(join(dist, 'index.html'))
  const answer = await get('/')
  expect(answer.status).toBe(503)
  expect(answer.body.toString()).toContain('npm run build')
})
