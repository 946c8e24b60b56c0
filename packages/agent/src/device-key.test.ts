import { createPublicKey, verify } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signedBytes } from '@quarry/schema/agent/messages'
import { expect, test } from 'vitest'
import { openDeviceKey } from './device-key.ts'
import { tempFolder } from './testing/temp-folder.ts'

const id = '7a0d3cf4-95a4-4c3c-8d2f-0e5f0b8b6a01'

test('makes a key once, readable by its owner alone', () => {
  const folder = tempFolder()
  const path = join(folder, 'device-key.pem')
  const { publicKey } = openDeviceKey(path)
  expect(openDeviceKey(path).publicKey).toBe(publicKey)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['device-key.pem'])
  expect(readFileSync(path, 'utf8')).toContain('PRIVATE KEY')
})

test('its answer holds for this challenge and this device alone', () => {
  const key = openDeviceKey(join(tempFolder(), 'device-key.pem'))
  const publicKey = createPublicKey({
    key: Buffer.from(key.publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  })
  const answer = Buffer.from(key.answer('nonce', id), 'base64')
  expect(verify(null, signedBytes('nonce', id), publicKey, answer)).toBe(true)
  expect(verify(null, signedBytes('other', id), publicKey, answer)).toBe(false)
})

test('a damaged key is never replaced in silence', () => {
  const path = join(tempFolder(), 'device-key.pem')
  writeFileSync(path, 'rubbish')
  expect(() => openDeviceKey(path)).toThrow(
    /is damaged. Restore it, or delete it and enrol this device anew\.$/,
  )
  expect(readFileSync(path, 'utf8')).toBe('rubbish')
})

test('a key that others could read is closed', () => {
  const path = join(tempFolder(), 'device-key.pem')
  openDeviceKey(path)
  chmodSync(path, 0o644)
  openDeviceKey(path)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})
