import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openHost } from '@quarry/tables/host'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScoring } from '../open-scoring.ts'
import { findClamd } from './clamav.ts'

const isHere = existsSync('/usr/sbin/clamd')
const root = mkdtempSync(join(tmpdir(), 'quarry-clamd-'))
const host = openHost({ root, platform: 'linux' })
let daemon: ChildProcess | undefined

/** A real daemon with signatures of our own: no database of viruses is needed, nor the network. */
beforeAll(async () => {
  if (!isHere) return
  for (const folder of ['run/clamav', 'db', 'files']) mkdirSync(join(root, folder), { recursive: true })
  const hex = (text: string) => Buffer.from(text).toString('hex')
  writeFileSync(
    join(root, 'db/own.ndb'),
    `PUA.Unix.Adware.Marker:0:*:${hex('UNWANTED-MARKER')}\nUnix.Test.Bad:0:*:${hex('MALICIOUS-MARKER')}\n`,
  )
  const settings = [
    `LocalSocket ${join(root, 'run/clamav/clamd.ctl')}`,
    `DatabaseDirectory ${join(root, 'db')}`,
    'Foreground yes',
    'DetectPUA yes',
    'StreamMaxLength 1M',
  ]
  writeFileSync(join(root, 'clamd.conf'), `${settings.join('\n')}\n`)
  daemon = spawn('/usr/sbin/clamd', ['--config-file', join(root, 'clamd.conf')], { stdio: 'ignore' })
  for (let tries = 0; tries < 300 && !existsSync(join(root, 'run/clamav/clamd.ctl')); tries++) await wait(100)
}, 60_000)

afterAll(async () => {
  if (daemon?.exitCode === null) {
    daemon.kill()
    await once(daemon, 'exit')
  }
  host.close()
  rmSync(root, { recursive: true })
})

test('without a daemon there is none', () => {
  const empty = openHost({ root: tmpdir(), platform: 'linux' })
  expect(findClamd(empty)).toBeUndefined()
  empty.close()
})

test.skipIf(!isHere)('asks a real daemon, which names what it finds', () => {
  const clamd = findClamd(host)!
  expect(clamd.version).toMatch(/^ClamAV \d/)
  expect(clamd.scan(Buffer.from('nothing to see'))).toBeUndefined()
  expect(clamd.scan(Buffer.from('an UNWANTED-MARKER here'))).toMatch(/^PUA\.Unix\.Adware\.Marker/)
  // Longer than one chunk.
  expect(clamd.scan(Buffer.concat([Buffer.alloc(600_000, 'x'), Buffer.from('MALICIOUS-MARKER')]))).toMatch(
    /^Unix\.Test\.Bad/,
  )
  expect(() => clamd.scan(Buffer.alloc(3 << 20))).toThrow(/StreamMaxLength|size limit exceeded/)
})

test.skipIf(!isHere)('its findings are evidence of reputation and score', () => {
  const scoring = openScoring(undefined)
  const judge = (text: string) => {
    writeFileSync(join(root, 'files/a'), text)
    return scoring.of(host, { path: '/files/a', image: '/files/a', sha256: text })
  }
  expect(judge('clean')).toMatchObject({ puaScore: 0, localRep: 40 })
  expect(judge('UNWANTED-MARKER')).toMatchObject({ puaScore: 80, localRep: 25 })
  expect(judge('MALICIOUS-MARKER')).toMatchObject({ puaScore: 0, localRep: 5 })
  const large = judge('x'.repeat(2 << 20))!
  expect(large.puaScore).toBe(-1)
  expect(large.puaScoreData).toContain('ClamAV did not look at it')
  scoring.close()
})
