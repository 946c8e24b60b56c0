import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-config-'))
const pem = join(folder, 'any.pem')
writeFileSync(pem, 'pem')
afterAll(() => rmSync(folder, { recursive: true }))

test('without variables it listens on this machine alone', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8490,
    data: resolve('.quarry'),
    behindProxy: false,
    localAgent: false,
  })
})

test('an empty variable counts as unset', () => {
  expect(readConfig({ QUARRY_PORT: '', QUARRY_HOST: '', QUARRY_TLS_CERT: '' })).toEqual(readConfig({}))
})

test('reads every variable', () => {
  const config = readConfig({
    QUARRY_PORT: '443',
    QUARRY_HOST: '0.0.0.0',
    QUARRY_DATA: folder,
    QUARRY_TLS_CERT: pem,
    QUARRY_TLS_KEY: pem,
    QUARRY_PUBLIC_URL: 'https://quarry.example.org',
    QUARRY_ADMIN_PASSWORD: 'correct horse battery',
    QUARRY_CLIENT_ID: 'script',
    QUARRY_CLIENT_SECRET: 'a-secret-of-a-script',
    QUARRY_LOCAL_AGENT: '1',
  })
  expect(config).toMatchObject({
    port: 443,
    host: '0.0.0.0',
    data: folder,
    tls: { cert: 'pem', key: 'pem' },
    adminPassword: 'correct horse battery',
    client: { id: 'script', secret: 'a-secret-of-a-script' },
    localAgent: true,
  })
  expect(config.publicUrl?.origin).toBe('https://quarry.example.org')
})

describe.each([
  ['QUARRY_PORT', { QUARRY_PORT: '70000' }],
  ['QUARRY_PORT', { QUARRY_PORT: 'http' }],
  ['QUARRY_PORT', { QUARRY_PORT: '-1' }],
  ['QUARRY_BEHIND_PROXY', { QUARRY_BEHIND_PROXY: 'yes' }],
  ['QUARRY_LOCAL_AGENT', { QUARRY_LOCAL_AGENT: '2' }],
  ['QUARRY_TLS_KEY is set, but QUARRY_TLS_CERT is not', { QUARRY_TLS_KEY: pem }],
  ['QUARRY_TLS_CERT is set, but QUARRY_TLS_KEY is not', { QUARRY_TLS_CERT: pem }],
  ['QUARRY_TLS_CERT', { QUARRY_TLS_CERT: join(folder, 'absent'), QUARRY_TLS_KEY: pem }],
  ['QUARRY_PUBLIC_URL', { QUARRY_PUBLIC_URL: 'quarry.example.org' }],
  ['QUARRY_PUBLIC_URL', { QUARRY_PUBLIC_URL: 'https://example.org/quarry' }],
  ['QUARRY_ADMIN_PASSWORD', { QUARRY_ADMIN_PASSWORD: 'short' }],
  ['QUARRY_CLIENT_ID is set, but QUARRY_CLIENT_SECRET is not', { QUARRY_CLIENT_ID: 'script' }],
  ['QUARRY_CLIENT_SECRET is set, but QUARRY_CLIENT_ID is not', { QUARRY_CLIENT_SECRET: 'long-enough' }],
  ['QUARRY_CLIENT_ID', { QUARRY_CLIENT_ID: 'two words', QUARRY_CLIENT_SECRET: 'long-enough' }],
  ['QUARRY_CLIENT_SECRET', { QUARRY_CLIENT_ID: 'script', QUARRY_CLIENT_SECRET: 'short' }],
  ['QUARRY_LOG_LEVEL', { QUARRY_LOG_LEVEL: 'loud' }],
  ['QUARRY_HOST=0.0.0.0', { QUARRY_HOST: '0.0.0.0' }],
  ['QUARRY_HOST=::', { QUARRY_HOST: '::' }],
  ['QUARRY_HOST=192.0.2.1', { QUARRY_HOST: '192.0.2.1' }],
  ['QUARRY_HOST=127.example.org', { QUARRY_HOST: '127.example.org' }],
])('says what is wrong with %s', (words, env) => {
  test(JSON.stringify(env), () => {
    let message = ''
    try {
      readConfig(env)
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      message = (error as Error).message
    }
    expect(message).toContain(words)
    expect(message).toMatch(/\.$/)
    expect(message).not.toContain('\n')
  })
})

test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('%s needs no TLS', (host) => {
  expect(readConfig({ QUARRY_HOST: host }).host).toBe(host)
})

test('a proxy in front does instead of TLS', () => {
  expect(readConfig({ QUARRY_HOST: '0.0.0.0', QUARRY_BEHIND_PROXY: '1' }).behindProxy).toBe(true)
})
