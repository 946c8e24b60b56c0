import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FileConnector } from '@quarry/schema/connectors/connector'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkValue } from '../check-value.ts'
import { readShipped } from '../shipped-connectors.ts'
import { bloomFile } from '../testing/bloom-file.ts'
import { mmdbFile } from '../testing/mmdb-file.ts'
import { askFile } from './ask-file.ts'
import { type Files, openFiles } from './files.ts'

let data: string
let files: Files
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'quarry-offline-'))
  files = openFiles(data)
})
afterAll(() => rmSync(data, { recursive: true }))

const put = (name: string, bytes: string | Buffer) => writeFileSync(join(files.folder, name), bytes)

async function ask(code: string, type: 'ipAddress' | 'sha256' | 'sha1' | 'domain', text: string) {
  const connector = readShipped().find(({ id }) => id === code) as FileConnector
  const { value, lookup } = checkValue(connector, type, text)
  return (await askFile(files, connector, lookup, value)).mapped
}

test('a MaxMind-format file tells country and city, of IPv4 and IPv6', async () => {
  const record = {
    country: { iso_code: 'NL', names: { en: 'Netherlands' } },
    city: { names: { en: 'Amsterdam' } },
    subdivisions: [{ names: { en: 'North Holland' } }],
    location: { latitude: 52.37, longitude: 4.9, time_zone: 'Europe/Amsterdam' },
  }
  put(
    'GeoLite2-City.mmdb',
    mmdbFile([
      ['198.51.100.0', 24, record],
      ['2001:db8::', 32, record],
    ]),
  )
  const fields = { country: 'Netherlands', city: 'Amsterdam', latitude: 52.37, region: 'North Holland' }
  expect(await ask('geolite_city', 'ipAddress', '198.51.100.9')).toMatchObject({ status: 'found', fields })
  expect(await ask('geolite_city', 'ipAddress', '2001:db8::5')).toMatchObject({ status: 'found', fields })
  expect(await ask('geolite_city', 'ipAddress', '10.1.1.1')).toMatchObject({ status: 'notFound', fields: {} })
})

test('a hashlookup filter tells known files from unknown ones, gzipped or not', async () => {
  const known = Array.from({ length: 50 }, (_, n) => n.toString(16).padStart(40, 'A').toUpperCase())
  for (const bytes of [bloomFile(known), gzipSync(bloomFile(known))]) {
    put('hashlookup-full.bloom', bytes)
    for (const hash of known)
      expect(await ask('hashlookup_bloom', 'sha1', hash.toLowerCase())).toMatchObject({
        status: 'found',
        verdict: 'harmless',
      })
    expect(await ask('hashlookup_bloom', 'sha1', 'b'.repeat(40))).toMatchObject({ status: 'notFound' })
  }
})

test('a list tells its columns; a file that changed is read anew', async () => {
  const hash = 'AB'.repeat(32)
  put('hashes.csv', `sha256,name,verdict\n# mine\n${hash},"Tool, old",bad\n`)
  expect(await ask('local_hashes', 'sha256', hash)).toMatchObject({
    verdict: 'malicious',
    fields: { name: 'Tool, old', verdict: 'bad' },
  })
  put('hashes.csv', `sha256,name,verdict\n${hash},Tool,good and more\n`)
  expect(await ask('local_hashes', 'sha256', hash)).toMatchObject({
    verdict: 'informative',
    fields: { name: 'Tool' },
  })
  put('indicators.csv', 'evil.example\n198.51.100.4\n')
  expect(await ask('local_indicators', 'domain', 'EVIL.example')).toMatchObject({ verdict: 'malicious' })
  expect(await ask('local_indicators', 'ipAddress', '198.51.100.5')).toMatchObject({ status: 'notFound' })
})

test('a private address may be asked about: nothing leaves the server', async () => {
  put('indicators.csv', 'value,name\n10.0.0.7,Honeypot\n')
  expect(await ask('local_indicators', 'ipAddress', '10.0.0.7')).toMatchObject({
    fields: { name: 'Honeypot' },
  })
})

test.each([
  ['GeoLite2-ASN.mmdb', Buffer.from('nothing'), 'geolite_asn', 'ipAddress', '8.8.8.8'],
  ['hashlookup-full.bloom', Buffer.alloc(100), 'hashlookup_bloom', 'sha1', 'a'.repeat(40)],
] as const)('a damaged %s is told, not taken for an empty one', async (name, bytes, code, type, value) => {
  put(name, bytes)
  await expect(ask(code, type, value)).rejects.toMatchObject({
    reason: 'needsFile',
    message: expect.stringContaining(name),
  })
})

test('a file that is not there is told with its folder', async () => {
  rmSync(join(files.folder, 'hashes.csv'))
  await expect(ask('local_hashes', 'sha256', 'ab'.repeat(32))).rejects.toMatchObject({
    reason: 'needsFile',
    message: `The file hashes.csv is not in ${files.folder}.`,
  })
  symlinkSync('/nowhere', join(files.folder, 'hashes.csv'))
  expect(files.has('hashes.csv')).toBe(false)
})
