import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type StubService, startStubService } from '../testing/stub-service.ts'
import { follow } from './follow.ts'
import { openNetwork } from './network.ts'

let stub: StubService
beforeAll(async () => {
  stub = await startStubService()
})
beforeEach(() => {
  stub.got = []
})
afterAll(() => stub[Symbol.asyncDispose]())

const bounds = { allowPrivate: true, timeoutMillis: 2000, maxBytes: 1 << 20 }
const port = () => stub.place.split(':')[1]
const get = (url: string, headers = {}) => ({ method: 'GET', url: new URL(url), headers })

test('the socket is connected to the address that was checked, whatever the name leads to later', async () => {
  let asked = 0
  const network = {
    ...openNetwork(),
    // The first answer is what is checked; a second look would lead elsewhere.
    resolve: async () => (++asked === 1 ? ['127.0.0.1'] : ['192.0.2.1']),
  }
  const host = `rebinding.example:${port()}`
  const answer = await follow(network, get(`http://${host}/a`), [host], bounds)
  expect([answer.status, answer.address, asked]).toEqual([200, '127.0.0.1', 1])
  expect(stub.got[0]!.url).toBe(`${host}/a`)
})

test.each(['localhost', '127.0.0.1', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '127.0.0.1.'])(
  'a connector that may not talk to this machine does not, by the name %s',
  async (name) => {
    const url = `http://${name}:${port()}/`
    const { host } = new URL(url)
    const refused = follow(openNetwork(), get(url), [host], { ...bounds, allowPrivate: false })
    await expect(refused).rejects.toMatchObject({
      reason: expect.stringMatching(/refusedAddress|unreachable/),
    })
    expect(stub.got).toEqual([])
  },
)

test('the metadata address of clouds is refused even where private ones are allowed and it is on the list', async () => {
  stub.answer = (_got, response) =>
    void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end()
  const following = follow(
    openNetwork(),
    get(`http://${stub.place}/`),
    [stub.place, '169.254.169.254'],
    bounds,
  )
  await expect(following).rejects.toMatchObject({
    reason: 'refusedAddress',
    message: expect.stringContaining('169.254.169.254'),
  })
})

test('a redirect inside the list is followed; a key does not go along to another host', async () => {
  const other = `localhost:${port()}`
  stub.answer = ({ url }, response) =>
    url.endsWith('/a')
      ? void response.writeHead(302, { location: `http://${other}/b` }).end()
      : url.endsWith('/b')
        ? void response.writeHead(307, { location: '/c' }).end()
        : { at: 'c' }
  const answer = await follow(
    openNetwork(),
    get(`http://${stub.place}/a`, { 'x-key': 's', accept: 'a/b' }),
    [stub.place, other],
    bounds,
  )
  expect(answer.body.toString()).toBe('{"at":"c"}')
  expect(stub.got.map(({ url, headers }) => [url, headers['x-key'], headers.accept])).toEqual([
    [`${stub.place}/a`, 's', 'a/b'],
    [`${other}/b`, undefined, 'a/b'],
    [`${other}/c`, undefined, 'a/b'],
  ])
})

test.each([
  ['http://other.example/', /other\.example, which is not among the hosts/],
  ['file:///etc/passwd', /away from http/],
  ['http://[', /not an address/],
])('a redirect to %s is not followed', async (location, message) => {
  stub.answer = (_got, response) => void response.writeHead(302, { location }).end()
  const following = follow(openNetwork(), get(`http://${stub.place}/`), [stub.place], bounds)
  await expect(following).rejects.toMatchObject({
    reason: 'refusedRedirect',
    message: expect.stringMatching(message),
  })
})

test('redirects in a circle end', async () => {
  stub.answer = (_got, response) => void response.writeHead(302, { location: '/again' }).end()
  const following = follow(openNetwork(), get(`http://${stub.place}/`), [stub.place], bounds)
  await expect(following).rejects.toMatchObject({ reason: 'refusedRedirect' })
  expect(stub.got).toHaveLength(6)
})

test('a packed body that grows beyond the bound is not unpacked', async () => {
  const { gzipSync } = await import('node:zlib')
  const packed = gzipSync(Buffer.alloc(5 << 20, 'x'))
  stub.answer = (_got, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed)
  const following = follow(openNetwork(), get(`http://${stub.place}/`), [stub.place], bounds)
  await expect(following).rejects.toMatchObject({ reason: 'tooLarge' })
})

test('a port that nobody listens on is told', async () => {
  const following = follow(openNetwork(), get('http://127.0.0.1:1/'), ['127.0.0.1:1'], bounds)
  await expect(following).rejects.toMatchObject({
    reason: 'unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
  })
})

test('a body that drips is not waited for, nor a resolver that does not answer', async () => {
  stub.answer = (_got, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(drip))
  }
  const short = { ...bounds, timeoutMillis: 150 }
  const dripping = follow(openNetwork(), get(`http://${stub.place}/`), [stub.place], short)
  await expect(dripping).rejects.toMatchObject({ reason: 'timeout' })
  const silent = { ...openNetwork(), resolve: () => new Promise<string[]>(() => {}) }
  const waiting = follow(silent, get('http://silent.example/'), ['silent.example'], short)
  await expect(waiting).rejects.toMatchObject({ reason: 'timeout' })
})
