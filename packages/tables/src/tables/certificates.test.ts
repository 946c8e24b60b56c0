import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openMachine } from '../fixture.ts'
import { makeCertificate, opensslFacts } from '../testing/certificates.ts'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot, putFile } from '../testing/root-folder.ts'
import { hasTool } from '../testing/tools.ts'
import table from './certificates.ts'

const usable = hasTool('openssl')

describe.skipIf(!usable)('with certificates of openssl (skipped without it)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quarry-certs-'))
  const engine = await openRoot([table], {})
  afterAll(() => {
    engine.close()
    rmSync(folder, { recursive: true })
  })
  const subject = '/C=HU/O=Ada, Inc./OU=a\\+b\\/c+L=x/CN=Főtanúsítvány'
  const rsa = usable ? makeCertificate(folder, subject, ['rsa:2048']) : undefined
  const ec = usable
    ? makeCertificate(folder, '/CN=curve', ['ec', '-pkeyopt', 'ec_paramgen_curve:secp384r1'])
    : undefined
  const bundle = '/etc/ssl/certs/ca-certificates.crt'
  if (rsa && ec) {
    putFile(engine.root, bundle, `# a comment\n${rsa.pem}\nno certificate\n${ec.pem}`)
    putFile(engine.root, '/etc/own/one.der', rsa.der)
    putFile(engine.root, '/etc/own/two.pem', ec.pem)
    putFile(
      engine.root,
      '/etc/own/broken.pem',
      '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----',
    )
    putFile(engine.root, '/etc/own/readme', 'nothing')
  }

  test('shows them as openssl does', () => {
    const rows = engine.all('SELECT * FROM certificates')
    expect(rows).toMatchObject([opensslFacts(rsa!.path), opensslFacts(ec!.path)])
    const same = { ca: 1, self_signed: 1, path: bundle }
    expect(rows).toMatchObject([
      { ...same, common_name: 'Főtanúsítvány', key_strength: '2048' },
      { ...same, common_name: 'curve', key_strength: '384' },
    ])
    expect(rows[0]).toMatchObject({
      subject: '/C=HU/O=Ada, Inc./L=x+OU=a\\+b\\/c/CN=F\\xC5\\x91tan\\xC3\\xBAs\\xC3\\xADtv\\xC3\\xA1ny',
      subject2: 'C=HU, O=Ada\\, Inc., L=x + OU=a\\+b/c, CN=Főtanúsítvány',
      key_usage: 'Digital Signature, Key Cert Sign, CRL Sign',
    })
    expect(emptyColumns(engine, table)).toEqual([])
  })

  test('reads files and folders that a path names', () => {
    const names = (where: string) =>
      engine.all(`SELECT common_name, path FROM certificates WHERE ${where}`).map(Object.values)
    expect(names("path = '/etc/own/one.der'")).toEqual([['Főtanúsítvány', '/etc/own/one.der']])
    expect(names("path LIKE '/etc/own/%'")).toEqual([
      ['Főtanúsítvány', '/etc/own/one.der'],
      ['curve', '/etc/own/two.pem'],
    ])
    expect(names("path = '/etc/own/none'")).toEqual([])
    expect(engine.lastWarnings).toEqual([])
  })
})

test('a machine without a bundle has none', async () => {
  const engine = await openRoot([table], {})
  expect(engine.all('SELECT * FROM certificates')).toEqual([])
  expect(engine.lastWarnings).toEqual([])
  engine.close()
})

const systemBundle = '/etc/ssl/certs/ca-certificates.crt'
const machine = usable && existsSync(systemBundle)
test.skipIf(!machine)('agrees with openssl about this machine’s own (skipped without it)', async () => {
  const engine = await openMachine([table])
  const rows = engine.all('SELECT * FROM certificates').slice(0, 150)
  engine.close()
  const blocks = readFileSync(systemBundle, 'utf8').match(/-----BEGIN CERT[\s\S]+?-----END CERT.*/g) ?? []
  expect(rows).toHaveLength(Math.min(blocks.length, 150))
  const ask = ['-noout', '-serial', '-fingerprint', '-sha1', '-subject', '-nameopt']
  const commas = 'sname,utf8,esc_2253,esc_ctrl,sep_comma_plus_space'
  for (const [index, block] of blocks.slice(0, 40).entries()) {
    const told = execFileSync('openssl', ['x509', ...ask, commas], { input: block, encoding: 'utf8' })
    const { serial, sha1, subject2 } = rows[index]!
    const fingerprint = String(sha1)
      .toUpperCase()
      .replace(/..(?=.)/g, '$&:')
    expect(
      told
        .replace(/^sha1 /im, '')
        .trim()
        .split('\n')
        .sort(),
    ).toEqual([`Fingerprint=${fingerprint}`, `serial=${serial}`, `subject=${subject2}`])
  }
})
