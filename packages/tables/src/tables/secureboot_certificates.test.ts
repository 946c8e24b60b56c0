import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeCertificate, opensslFacts } from '../testing/certificates.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot } from '../testing/root-folder.ts'
import { hasTool } from '../testing/tools.ts'
import table from './secureboot_certificates.ts'

const usable = hasTool('openssl')
const variable = (name: string) => `/sys/firmware/efi/efivars/${name}-d719b2cb-3d3a-4596-a3bc-dad00e67656f`

/** A list of signatures of one size, as firmware keeps it. */
function signatureList(type: string, body: Buffer) {
  const owner = Buffer.alloc(16, 7)
  const head = Buffer.alloc(28)
  head.write(type, 0, 'hex')
  head.writeUInt32LE(28 + 16 + body.length, 16)
  head.writeUInt32LE(16 + body.length, 24)
  return Buffer.concat([head, owner, body])
}
const x509 = 'a159c0a5e494a74a87b5ab155c2bf072'
const sha256 = '2616c4c14c509240aca941f936934328'

describe.skipIf(!usable)('with certificates of openssl (skipped without it)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-certs-'))
  const make = (name: string, ...key: string[]) =>
    usable ? makeCertificate(folder, `/O=Firmware/CN=${name}`, key) : { path: '', der: Buffer.alloc(1) }
  const good = make('good', 'rsa:2048')
  const bad = make('bad', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1')
  const attributes = Buffer.from([0x27, 0, 0, 0])
  const hash = signatureList(sha256, Buffer.alloc(32, 1))
  const engine = await openRoot([table], {
    [variable('db')]: Buffer.concat([attributes, hash, signatureList(x509, good.der)]),
    [variable('dbx')]: Buffer.concat([attributes, signatureList(x509, bad.der), Buffer.alloc(30, 9)]),
  })
  afterAll(() => {
    engine.close()
    rmSync(folder, { recursive: true })
  })

  test('finds them among the hashes, in both lists', () => {
    const rows = engine.all('SELECT * FROM secureboot_certificates')
    const expected = [good, bad].map(({ path }) => {
      const { subject2: _, issuer2: __, ...facts } = opensslFacts(path)
      return facts
    })
    expect(rows).toMatchObject(expected)
    const same = { is_ca: 1, self_signed: 1, key_usage: 'Digital Signature, Key Cert Sign, CRL Sign' }
    expect(rows).toMatchObject([
      { ...same, common_name: 'good', revoked: 0, path: variable('db') },
      { ...same, common_name: 'bad', revoked: 1, path: variable('dbx') },
    ])
    expect(emptyColumns(engine, table)).toEqual([])
  })
})

test('a machine without UEFI has none', async () => {
  const engine = await openRoot([table], {})
  expect(engine.all('SELECT * FROM secureboot_certificates')).toEqual([])
  expect(engine.lastWarnings).toEqual([])
  engine.close()
})
