import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { output } from './tools.ts'

const extensions = [
  'basicConstraints=critical,CA:TRUE',
  'keyUsage=digitalSignature,keyCertSign,cRLSign',
  'subjectKeyIdentifier=hash',
]

/** Makes a self-signed certificate by openssl in a folder. @param key Its kind, as `openssl req -newkey` takes it. */
export function makeCertificate(folder: string, subject: string, key: readonly string[]) {
  const path = join(folder, `${key[0]}.pem`)
  const more = extensions.flatMap((extension) => ['-addext', extension])
  const out = ['-keyout', join(folder, 'key.pem'), '-out', path, '-days', '30', '-nodes', '-batch']
  execFileSync(
    'openssl',
    ['req', '-x509', '-utf8', '-multivalue-rdn', '-subj', subject, '-newkey', ...key, ...out, ...more],
    {
      stdio: 'ignore',
    },
  )
  const pem = readFileSync(path, 'utf8')
  return { path, pem, der: Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64') }
}

/** What openssl says about a certificate, by `openssl x509`, a name before each answer. */
export function opensslFacts(path: string) {
  const x509 = (...args: string[]) =>
    output('openssl', 'x509', '-in', path, '-noout', ...args)
      .trim()
      .replace(/^[^=\n]*=\s?/, '')
  const text = x509('-text')
  const seconds = (date: string) => Date.parse(date) / 1000
  const hex = (...args: string[]) => x509(...args).replaceAll(':', '')
  const commas = ['-nameopt', 'sname,utf8,esc_2253,esc_ctrl,sep_comma_plus_space']
  return {
    subject: x509('-subject', '-nameopt', 'compat'),
    subject2: x509('-subject', ...commas),
    issuer: x509('-issuer', '-nameopt', 'compat'),
    issuer2: x509('-issuer', ...commas),
    not_valid_before: seconds(x509('-startdate')),
    not_valid_after: seconds(x509('-enddate')),
    signing_algorithm: /Signature Algorithm: (\S+)/.exec(text)?.[1],
    key_algorithm: /Public Key Algorithm: (\S+)/.exec(text)?.[1],
    key_strength: /Public-Key: \((\d+) bit/.exec(text)?.[1],
    subject_key_id: (/Subject Key Identifier: *\n\s*([0-9A-F:]+)/.exec(text)?.[1] ?? '').replaceAll(':', ''),
    authority_key_id: (
      /Authority Key Identifier: *\n\s*(?:keyid:)?([0-9A-F:]+)/.exec(text)?.[1] ?? ''
    ).replaceAll(':', ''),
    sha1: hex('-fingerprint', '-sha1').toLowerCase(),
    serial: x509('-serial'),
  }
}
