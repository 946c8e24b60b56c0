import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { send } from '@quarry/schema'
import { createAccount } from '@quarry/schema/endpoints/accounts'
import { getQuery, listQueries } from '@quarry/schema/endpoints/queries'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer } from './start.ts'
import { adminPassword, type GroundServer, startGroundServer } from './testing/ground-server.ts'

let server: GroundServer
beforeAll(async () => {
  server = await startGroundServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const post = (path: string, body: string, type = 'application/json') =>
  fetch(server.url + path, {
    method: 'POST',
    body,
    headers: { ...server.admin.headers, 'content-type': type },
  })

test('an error has its code, a sentence, and an id to quote', async () => {
  const response = await fetch(`${server.url}/quarry/v1/nothing`)
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({
    error: 'not_found',
    message: 'Nothing is at this address.',
    correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('every answer carries the headers that protect it', async () => {
  for (const path of ['/quarry/v1/nothing', '/openapi.json', '/docs']) {
    const { headers } = await fetch(server.url + path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('strict-transport-security')).toBeNull()
  }
})

test.each([
  ['a body that is no JSON', '{', 'application/json', 400, 'bad_request', /not valid JSON/],
  ['a body of another kind', '<a/>', 'application/xml', 400, 'bad_request', /Content-Type/],
  ['a body that is missing', '', 'application/json', 400, 'bad_request', /^body: /],
  [
    'a field that is wrong',
    '{"username":"x","name":"","role":"king"}',
    'application/json',
    400,
    'bad_request',
    /body\.name: .+; body\.role: /,
  ],
  [
    'a field too many',
    '{"username":"x","name":"X","role":"admin","a":1}',
    'application/json',
    400,
    'bad_request',
    /Unrecognized key/,
  ],
  ['a body without an end', `"${'x'.repeat(1_100_000)}"`, 'application/json', 413, 'too_large', /larger/],
  ['a prototype', '{"__proto__":{"role":"admin"}}', 'application/json', 400, 'bad_request', /./],
])('%s is refused by name', async (_what, body, type, status, error, message) => {
  const response = await post(createAccount.path, body, type)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ error, message: expect.stringMatching(message) })
})

test('a query parameter that is wrong is named', async () => {
  const response = await fetch(`${server.url}${listQueries.path}?pageSize=0`, {
    headers: server.admin.headers,
  })
  expect(await response.json()).toMatchObject({
    error: 'bad_request',
    message: expect.stringContaining('query.pageSize: '),
  })
})

test('fields= keeps these fields alone, of a list and of one', async () => {
  const read = async (spec: typeof listQueries | typeof getQuery, input: object) =>
    (await send(server.url, spec, input, { headers: () => server.admin.headers })).json()
  const list = await read(listQueries, { query: { fields: 'id,name,nothing', pageSize: 2, pageTotal: true } })
  expect(list.items.map((item: object) => Object.keys(item))).toEqual([
    ['id', 'name'],
    ['id', 'name'],
  ])
  expect(list.pages.items).toBeGreaterThan(2)
  const one = await read(getQuery, { params: { id: list.items[0].id }, query: { fields: 'code' } })
  expect(Object.keys(one)).toEqual(['code'])
})

/** Sends bytes as they are and returns what comes back until the server closes. */
async function exchange(text: string): Promise<string> {
  const { port } = new URL(server.url)
  return await new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}

const upgrade = (path: string, headers: string) =>
  exchange(
    `GET ${path} HTTP/1.1\r\n${headers}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  )

test('an upgrade is held to host and origin, and to paths that have one', async () => {
  const path = '/agent/v1/link'
  expect(await upgrade(path, 'Host: evil.example\r\n')).toMatch(/^HTTP\/1\.1 403 /)
  expect(await upgrade(path, 'Host: localhost\r\nOrigin: http://evil.example\r\n')).toMatch(
    /^HTTP\/1\.1 403 /,
  )
  expect(await upgrade('/quarry/v1/accounts', 'Host: localhost\r\n')).toMatch(/^HTTP\/1\.1 404 /)
})

test('headers without end are refused, and the next request is served', async () => {
  const answer = await exchange(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  expect((await fetch(`${server.url}/openapi.json`)).status).toBe(200)
})

test('behind a proxy the caller is whom the proxy names, and the cookie is safe when the browser has TLS', async () => {
  await using proxied = await startGroundServer({ behindProxy: true })
  const response = await fetch(`${proxied.url}/quarry/v1/session`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': '203.0.113.1, 198.51.100.7',
      'x-forwarded-proto': 'https',
    },
    body: JSON.stringify({ username: 'admin', password: adminPassword }),
  })
  expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-quarry_session=.+; Secure; SameSite=Strict$/)
  expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000')
  const { items } = (await (
    await fetch(`${proxied.url}/quarry/v1/audit?pageSize=1`, { headers: proxied.admin.headers })
  ).json()) as { items: { address: string }[] }
  expect(items[0]!.address).toBe('198.51.100.7')
})

test('with a certificate it speaks TLS', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-tls-'))
  const [certPath, keyPath] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const options = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout ${keyPath} -out ${certPath}`
  execFileSync('openssl', options.split(' '), { stdio: 'ignore' })
  const tls = { cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8') }
  const secure = await startServer({ data: join(folder, 'data'), port: 0, tls, logLevel: 'silent' })
  try {
    expect(secure.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
      const url = `${secure.url}/openapi.json`
      httpsRequest(url, { ca: tls.cert, checkServerIdentity: () => undefined }, (response) => {
        response.resume()
        resolve(response.headers)
      })
        .on('error', reject)
        .end()
    })
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
  } finally {
    await secure.close()
    rmSync(folder, { recursive: true })
  }
})
