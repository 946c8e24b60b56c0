import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openHost } from '../host/open-host.ts'
import { startStub } from '../testing/stub-server.ts'
import { hasTool } from '../testing/tools.ts'
import { openBridge } from './bridge.ts'

const bridge = openBridge({ network: true })
const socket = '/run/a.sock'
const stub = await startStub(
  {
    'GET /hello': { body: { answer: 42 }, headers: { 'x-one': '1' } },
    'GET /big': { body: 'x'.repeat(100_000) },
    'GET /slow': { body: null },
  },
  { socket },
)
const web = await startStub({
  'GET /from': { status: 302, headers: { location: '/to' }, body: '' },
  'GET /round': { status: 302, headers: { location: '/round' }, body: '' },
  'GET /to': { body: 'here' },
})
afterAll(async () => {
  bridge.close()
  await stub[Symbol.asyncDispose]()
  await web[Symbol.asyncDispose]()
})
const code = (name: string) => expect.objectContaining({ code: name })
const at = (path: string) => ({ url: `http://stub${path}`, socket: stub.root + socket })
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

test('asks over a unix socket', () => {
  const { status, headers, body } = bridge.http(at('/hello'))
  expect({ status, one: headers['x-one'], body: JSON.parse(text(body)) }).toEqual({
    status: 200,
    one: '1',
    body: { answer: 42 },
  })
  expect(bridge.http(at('/none')).status).toBe(404)
})

test('ends by its deadline and its limit, and works on', () => {
  expect(() => bridge.http({ ...at('/slow'), millis: 50 })).toThrow(code('ETIMEDOUT'))
  expect(() => bridge.http({ ...at('/big'), maxBytes: 99_999 })).toThrow(code('EFBIG'))
  expect(bridge.http({ ...at('/big'), maxBytes: 100_000 }).body).toHaveLength(100_000)
})

test('says who does not answer', () => {
  expect(() => bridge.http({ url: 'http://stub/', socket: '/nowhere.sock' })).toThrow(code('ENOENT'))
  // Port 1 of the loopback has no server.
  expect(() => bridge.http({ url: 'http://127.0.0.1:1/' })).toThrow(code('ECONNREFUSED'))
  expect(() => bridge.http({ url: 'ftp://127.0.0.1/' })).toThrow(code('EPROTO'))
})

test('follows redirects, no more than it may', () => {
  const url = (path: string) => `http://127.0.0.1:${web.port}${path}`
  expect(text(bridge.http({ url: url('/from'), redirects: 1 }).body)).toBe('here')
  expect(bridge.http({ url: url('/from') }).status).toBe(302)
  expect(bridge.http({ url: url('/round'), redirects: 5 }).status).toBe(302)
})

test('carries a plain stream', () => {
  const stream = bridge.connect({ socket: stub.root + socket })
  stream.write(Buffer.from('GET /hello HTTP/1.0\r\n\r\n'))
  let answer = ''
  for (let bytes = stream.read(); bytes.length > 0; bytes = stream.read()) answer += text(bytes)
  expect(answer).toMatch(/^HTTP\/1.1 200 OK[\s\S]*\{"answer":42\}$/)
  stream.close()
  expect(() => stream.read()).toThrow(code('EPIPE'))
})

test('a stream ends by its deadline and its limit', () => {
  const quiet = bridge.connect({ socket: stub.root + socket }, { millis: 50 })
  expect(() => quiet.read()).toThrow(code('ETIMEDOUT'))
  const big = bridge.connect({ socket: stub.root + socket }, { maxBytes: 1000 })
  big.write(Buffer.from('GET /big HTTP/1.0\r\n\r\n'))
  expect(() => {
    while (big.read().length > 0);
  }).toThrow(code('EFBIG'))
})

test('without the network it reaches sockets alone', () => {
  const closed = openBridge({ network: false })
  expect(closed.http(at('/hello')).status).toBe(200)
  expect(() => closed.http({ url: `http://127.0.0.1:${web.port}/to` })).toThrow(code('EACCES'))
  expect(() => closed.connect({ host: '127.0.0.1', port: web.port })).toThrow(code('EACCES'))
  expect(() => closed.certificates({ host: '127.0.0.1', port: web.port })).toThrow(code('EACCES'))
  closed.close()
})

test('a host maps the paths of sockets, and refuses those of Quarry’s own data', () => {
  const host = openHost({ root: stub.root })
  expect(host.bridge.http({ url: 'http://stub/hello', socket }).status).toBe(200)
  expect(() => host.bridge.http({ url: 'http://stub/', socket: '/run/none' })).toThrow(code('ENOENT'))
  expect(() => host.bridge.http({ url: 'http://stub/', socket: '/run' })).toThrow(code('EINVAL'))
  host.close()
  const guarded = openHost({ dataDirs: [stub.root] })
  expect(() => guarded.bridge.http(at('/hello'))).toThrow(code('EACCES'))
  guarded.close()
})

test.skipIf(!hasTool('openssl'))('fetches certificates (skipped without openssl)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=stub.example', '-days', '2']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  })
  const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  await using server = await startStub({ 'GET /': { body: 'safe' } }, { tls })
  const found = bridge.certificates({ host: '127.0.0.1', port: server.port })
  expect(found.map((one) => Buffer.from(one).toString('base64'))).toEqual([
    tls.cert.replace(/-----.*-----|\s/g, ''),
  ])
  const url = `https://127.0.0.1:${server.port}/`
  expect(() => bridge.http({ url })).toThrow(code('DEPTH_ZERO_SELF_SIGNED_CERT'))
  expect(text(bridge.http({ url, insecure: true }).body)).toBe('safe')
  rmSync(folder, { recursive: true })
})
