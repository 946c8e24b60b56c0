import { expect, test } from 'vitest'
import { mutated, seeded } from '../testing/seeded.ts'
import { parseHttp } from './parse-http.ts'

const destination = { address: '192.0.2.8', port: 8080 }
const parse = (...lines: string[]) => parseHttp(Buffer.from(lines.join('\r\n'), 'latin1'), destination)

test('reads a request, and leaves out what would let somebody in', () => {
  const request = parse(
    'POST /login?user=eve&password=hunter2&access_key=abc&page=2 HTTP/1.1',
    'Host: shop.example:8080',
    'User-Agent: curl/8.5.0',
    'Authorization: Basic ZXZlOmh1bnRlcjI=',
    'Cookie: session=1234',
    'X-Api-Key: 42',
    'Proxy-Authorization: Basic x',
    'Accept: */*',
    '',
    'password=hunter2',
  )
  expect(request).toEqual({
    method: 'POST',
    url: 'http://shop.example:8080/login?user=eve&password=***&access_key=***&page=2',
    headers: 'Host: shop.example:8080\nUser-Agent: curl/8.5.0\nAccept: */*',
    userAgent: 'curl/8.5.0',
  })
})

test('makes the URL of whatever the request names', () => {
  const url = (...lines: string[]) => parse(...lines, '', '')?.url
  expect(url('GET /a HTTP/1.0')).toBe('http://192.0.2.8:8080/a')
  expect(url('GET http://user:secret@inner.example/x?token=1 HTTP/1.1', 'Host: inner.example')).toBe(
    'http://***@inner.example/x?token=***',
  )
  expect(url('CONNECT inner.example:443 HTTP/1.1')).toBe('inner.example:443')
  expect(url('OPTIONS * HTTP/1.1', 'host: a.example')).toBe('http://a.example/*')
})

test('keeps what is whole of a packet that was cut', () => {
  expect(parse('GET / HTTP/1.1', 'Host: a.example', 'Accept: x', 'Autho')).toMatchObject({
    url: 'http://a.example/',
    headers: 'Host: a.example\nAccept: x',
  })
})

test('is not misled by other protocols and hostile values', () => {
  expect(parse('GET key')).toBeUndefined()
  expect(parse('HELO mail.example')).toBeUndefined()
  expect(parse('GET / HTTP/1.1', 'Host: a\x1b[31m', 'bad header: x', '')).toMatchObject({
    url: 'http://a\uFFFD[31m/',
    headers: 'Host: a\uFFFD[31m',
  })
  expect(parse(`GET /${'x'.repeat(8000)} HTTP/1.1`, '')?.url).toHaveLength(4096)
})

test('never fails on broken bytes, and never tells a secret under its whole name', () => {
  const random = seeded(3)
  const sample = Buffer.from(
    'GET /x?token=HIDDEN HTTP/1.1\r\nHost: a.example\r\nCookie: a=HIDDEN\r\nUser-Agent: q\r\n\r\n',
  )
  for (let round = 0; round < 5000; round += 1) {
    const bytes = mutated(sample, random)
    const request = parseHttp(bytes, destination)
    const text = bytes.toString('latin1')
    if (request && text.includes('?token=') && text.includes('\nCookie:')) {
      expect(request.headers).not.toMatch(/^Cookie:/m)
      expect(request.url).not.toContain('?token=HIDDEN')
    }
  }
})
