import { hostname } from 'node:os'
import { describe, expect, test } from 'vitest'
import { hostCheck } from './hosts.ts'

const check = hostCheck({ host: '127.0.0.1', publicUrl: new URL('https://quarry.example.org') })

describe.each([
  ['127.0.0.1:8490', undefined],
  ['localhost:9000', undefined],
  ['LOCALHOST', undefined],
  ['[::1]:8490', undefined],
  ['192.0.2.7:8490', undefined],
  [hostname(), undefined],
  ['quarry.example.org', 'https://quarry.example.org'],
  ['quarry.example.org:443', 'https://quarry.example.org'],
  ['127.0.0.1:8490', 'http://127.0.0.1:8490'],
  ['127.0.0.1:80', 'http://127.0.0.1'],
  ['127.0.0.1:8490', 'https://quarry.example.org'],
])('Host %s with Origin %s', (host, origin) => {
  test('is answered', () => expect(() => check({ host, origin })).not.toThrow())
})

describe.each([
  [undefined, undefined],
  ['', undefined],
  ['evil.example', undefined],
  ['localhost.evil.example', undefined],
  ['127.0.0.1.evil.example', undefined],
  ['evil.example:8490', 'http://evil.example:8490'],
  ['a b', undefined],
  ['127.0.0.1:8490', 'http://127.0.0.1:3000'],
  ['127.0.0.1:8490', 'http://localhost:8490'],
  ['127.0.0.1:8490', 'https://evil.example'],
  ['127.0.0.1:8490', 'null'],
  ['127.0.0.1:8490', ''],
  ['quarry.example.org', 'https://evil.example'],
])('Host %s with Origin %s', (host, origin) => {
  test('is refused', () => {
    expect(() => check({ host, origin })).toThrow(expect.objectContaining({ code: 'bad_origin' }))
  })
})
