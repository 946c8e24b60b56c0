import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { maskOf } from './mask.ts'
import { openSeal } from './seal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarry-seal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what is sealed opens again, in its place and under its key alone', () => {
  const seal = openSeal(folder)
  const sealed = seal.close('geheim', 'a/key')
  expect(Buffer.from(sealed, 'base64').includes('geheim')).toBe(false)
  expect(seal.close('geheim', 'a/key')).not.toBe(sealed)
  expect(openSeal(folder).open(sealed, 'a/key')).toBe('geheim')
  expect(seal.open(sealed, 'b/key')).toBeUndefined()
  const damaged = Buffer.from(sealed, 'base64')
  damaged[damaged.length - 1]! ^= 1
  expect(seal.open(damaged.toString('base64'), 'a/key')).toBeUndefined()
  rmSync(join(folder, 'connectors.key'))
  expect(openSeal(folder).open(sealed, 'a/key')).toBeUndefined()
})

test('the key is for its owner alone, and a damaged one is told', () => {
  openSeal(folder)
  const path = join(folder, 'connectors.key')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
  writeFileSync(path, 'short')
  expect(() => openSeal(folder)).toThrow('is not a key')
})

test('a secret is masked in every form in which it may come back', () => {
  const secret = 'a b/c"d+é'
  const forms = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString(),
    JSON.stringify({ s: secret }),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ]
  expect(maskOf([secret])(forms.join('\n'))).toBe('••••••\n••••••\ns=••••••\n{"s":"••••••"}\n••••••\n••••••')
})
