import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHost } from '@quarry/tables/host'
import { afterAll, expect, test } from 'vitest'
import { openGlobalReputation } from './global-reputation.ts'
import { openKnownFiles } from './known-files.ts'

const dir = mkdtempSync(join(tmpdir(), 'quarry-known-'))
afterAll(() => rmSync(dir, { recursive: true }))
const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
const met = { devices: 1, firstSeenAt: 0 }
const later = () => Date.now() + 60_000

test('keeps answers until they expire, and wishes until they are answered, in order', () => {
  const files = openKnownFiles(join(dir, 'one'))
  files.want({ sha256: b })
  files.want({ sha256: a, sha1: 'c'.repeat(40) })
  files.want({ sha256: b })
  expect(files.wanted(10)).toEqual([{ sha256: b }, { sha256: a, sha1: 'c'.repeat(40) }])
  expect(files.wanted(1)).toEqual([{ sha256: b }])
  files.put([{ sha256: b, globalRep: 72, data: '[]', expiresAt: later(), ...met }])
  expect(files.wanted(10)).toEqual([{ sha256: a, sha1: 'c'.repeat(40) }])
  const other = openKnownFiles(join(dir, 'one'))
  expect(other.of(b)).toMatchObject({ globalRep: 72 })
  other.put([{ sha256: b, globalRep: 72, data: '[]', expiresAt: Date.now() - 1, ...met }])
  expect(files.of(b)).toBeUndefined()
  other.put([{ sha256: b, globalRep: 5, data: '[]', expiresAt: later(), ...met }])
  expect(files.of(b)?.globalRep).toBe(5)
  other.forget()
  expect(files.of(b)).toBeUndefined()
  other.close()
  files.close()
})

test('a damaged file is made anew', () => {
  const files = openKnownFiles(join(dir, 'two'))
  files.close()
  writeFileSync(join(dir, 'two/known-files.sqlite'), 'no database at all '.repeat(100))
  const again = openKnownFiles(join(dir, 'two'))
  expect(again.of(a)).toBeUndefined()
  again.close()
})

test('a query says who was asked, waits for the server alone, and not for one that is away', () => {
  const host = openHost()
  const file = { path: '/bin/sh', image: '/bin/sh', sha256: a }
  const owner = { package: 'dash', version: '1' }
  expect(openGlobalReputation(undefined)(host, file, owner)).toMatchObject({
    score: -1,
    evidence: [{ code: 'no_server' }],
  })
  const files = openKnownFiles(join(dir, 'three'))
  // Other sums of it are known as well, and are not sent.
  host.hash('/bin/sh', ['md5', 'sha1', 'sha256'])
  const ask = openGlobalReputation(files)
  expect(ask(host, file, owner)).toMatchObject({ score: -1, evidence: [{ code: 'asked' }] })
  expect(files.wanted(9)).toEqual([
    { sha256: a, sha1: host.hash('/bin/sh', ['sha1']).sha1, path: '/bin/sh', package: 'dash', version: '1' },
  ])
  files.put([{ sha256: a, globalRep: -1, data: '[]', expiresAt: later(), ...met }])
  expect(ask(host, file, owner)).toMatchObject({ score: -1, evidence: [{ code: 'no_source' }] })
  files.put([
    { sha256: a, globalRep: 72, data: '[{"code":"good","text":"Known."}]', expiresAt: later(), ...met },
  ])
  expect(ask(host, file, owner)).toEqual({ score: 72, evidence: [{ code: 'good', text: 'Known.' }] })
  files.close()
  host.close()
})
