import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeConfig } from './config.ts'
import { tempFolder } from './testing/temp-folder.ts'

test('reads its variables and takes the token out of them', () => {
  const env: Record<string, string | undefined> = {
    QUARRY_SERVER: 'https://quarry.example.org',
    QUARRY_ENROLMENT_TOKEN: 'secret',
    QUARRY_AGENT_DATA: '/nowhere/agent',
    QUARRY_HIDDEN_FOLDERS: '/nowhere/server:/nowhere/lake',
  }
  expect(takeConfig(env)).toEqual({
    server: 'https://quarry.example.org/',
    enrolmentToken: 'secret',
    dataFolder: '/nowhere/agent',
    hiddenFolders: ['/nowhere/server', '/nowhere/lake'],
  })
  expect('QUARRY_ENROLMENT_TOKEN' in env).toBe(false)
})

test.each([
  [{ QUARRY_SERVER: 'quarry.example.org' }, 'QUARRY_SERVER must be an address'],
  [{ QUARRY_SERVER: 'ftp://quarry.example.org' }, 'QUARRY_SERVER must be an address'],
  [{ QUARRY_SERVER: 'https://me:pass@quarry.example.org' }, 'must not hold a user name or password'],
  [{ QUARRY_CA: '/nowhere/ca.pem' }, 'QUARRY_CA cannot be read'],
  [{ QUARRY_LOG_LEVEL: 'loud' }, 'QUARRY_LOG_LEVEL must be one of'],
])('%o is refused', (env, sentence) => {
  expect(() => takeConfig({ ...env })).toThrow(sentence)
})

test('a pinned certificate must be one', () => {
  const path = join(tempFolder(), 'ca.pem')
  writeFileSync(path, 'no certificate')
  expect(() => takeConfig({ QUARRY_CA: path })).toThrow(`${path} holds none.`)
})

test('queries may reach out only where the variable says so exactly', () => {
  expect(takeConfig({ QUARRY_ALLOW_NETWORK_TABLES: '1' }).networkTables).toBe(true)
  expect(takeConfig({ QUARRY_ALLOW_NETWORK_TABLES: 'no' }).networkTables).toBeUndefined()
})
