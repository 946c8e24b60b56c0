import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { startStub } from '../testing/stub-server.ts'
import { hasTool } from '../testing/tools.ts'
import table from './curl_certificate.ts'

const extensions = [
  'basicConstraints=critical,CA:TRUE,pathlen:1',
  'keyUsage=digitalSignature,keyCertSign',
  'extendedKeyUsage=serverAuth,1.2.3.4',
  'certificatePolicies=1.3.6.1.4.1.44947.1.1.1',
  'subjectAltName=DNS:stub.example,IP:127.0.0.1',
  'issuerAltName=DNS:ca.example',
  'authorityInfoAccess=OCSP;URI:http://ocsp.example/',
  'subjectInfoAccess=caRepository;URI:http://repo.example/',
  'nameConstraints=permitted;DNS:example',
  'policyConstraints=requireExplicitPolicy:3',
  'policyMappings=1.2.3:1.2.4',
]

function certificate(folder: string) {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/O=Stub Works/OU=Tests/CN=stub.example', '-days', '2']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const more = extensions.flatMap((extension) => ['-addext', extension])
  const args = ['req', '-x509', ...curve, '-keyout', key, '-out', cert, ...subject, ...more]
  execFileSync('openssl', args, { stdio: 'ignore' })
  const x509 = (...what: string[]) =>
    execFileSync('openssl', ['x509', '-in', cert, '-noout', ...what], { encoding: 'utf8' })
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), x509 }
}

describe.skipIf(!hasTool('openssl'))('with a certificate (skipped without openssl)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-tls-'))
  const made = hasTool('openssl') ? certificate(folder) : undefined
  const server = await startStub({}, { tls: { key: made?.key ?? '', cert: made?.cert ?? '' } })
  const engine = await openFixture([table], { network: true })
  afterAll(async () => {
    engine.close()
    await server[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })
  const hostname = `127.0.0.1:${server.port}`

  test('shows it as openssl does, every column', () => {
    const [row] = engine.all(
      `SELECT *, dump_certificate, timeout FROM curl_certificate WHERE hostname = '${hostname}' AND dump_certificate = 1`,
    )
    const line = (...what: string[]) =>
      made!
        .x509(...what)
        .trim()
        .split('=')
        .slice(1)
        .join('=')
    const plain = (text: string) => text.replaceAll(':', '').toLowerCase()
    expect(row).toMatchObject({
      hostname,
      common_name: 'stub.example',
      organization: 'Stub Works',
      organization_unit: 'Tests',
      issuer_common_name: 'stub.example',
      serial_number: line('-serial'),
      valid_from: line('-startdate'),
      valid_to: line('-enddate'),
      sha256_fingerprint: plain(line('-fingerprint', '-sha256')),
      sha1_fingerprint: plain(line('-fingerprint', '-sha1')),
      version: 3,
      signature_algorithm: 'ecdsa-with-SHA256',
      key_usage: 'Digital Signature, Certificate Sign',
      extended_key_usage: 'TLS Web Server Authentication, 1.2.3.4',
      policies: '1.3.6.1.4.1.44947.1.1.1',
      subject_alternative_names: 'DNS:stub.example, IP Address:127.0.0.1',
      info_access: 'OCSP - URI:http://ocsp.example/',
      basic_constraint: 'CA:TRUE, pathlen:1',
      has_expired: 0,
      dump_certificate: 1,
      timeout: 4,
      pem: made!.cert,
    })
    const [, told = ''] = /Signature Value:\s*([0-9a-f:\s]+)/.exec(made!.x509('-text')) ?? []
    expect(row?.signature).toBe(told.replace(/\s/g, ''))
    expect(row?.authority_key_identifier).toBe(row?.subject_key_identifier)
    expect(plain(made!.x509('-ext', 'subjectKeyIdentifier'))).toContain(String(row?.subject_key_identifier))
    expect(Object.entries(row ?? {}).filter(([, value]) => value === '' || value === null)).toEqual([])
  })

  test('gives no PEM unasked', () => {
    expect(engine.all(`SELECT pem, version FROM curl_certificate WHERE hostname = '${hostname}'`)).toEqual([
      { pem: '', version: 3 },
    ])
  })

  test('says who does not answer', () => {
    expect(engine.all("SELECT * FROM curl_certificate WHERE hostname = '127.0.0.1:1'")).toEqual([])
    expect(engine.lastWarnings.map(({ message }) => message)).toEqual([
      '127.0.0.1:1 gave no answer: nobody answers there.',
    ])
  })
})

test('is off until it is allowed', async () => {
  const closed = await openFixture([table])
  expect(closed.all("SELECT * FROM curl_certificate WHERE hostname = 'localhost'")).toEqual([])
  expect(closed.lastWarnings.map(({ code }) => code)).toEqual(['table_unavailable'])
  closed.close()
})
