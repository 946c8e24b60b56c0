import { describeCertificate } from '../certificates/describe.ts'
import { certificatesIn } from '../certificates/pem.ts'
import { column, defineTable } from '../define-table.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'
import { expand } from '../host/glob.ts'
import { errorCode } from '../host/system-error.ts'

/** Where distributions keep the authorities that programs trust. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/ssl/certs/ca-bundle.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/tls/certs/ca-bundle.trust.crt',
]
const ending = /\.(pem|crt|cer|der)$/i

export default defineTable({
  name: 'certificates',
  description:
    'Certificates in the system’s bundles of authorities, or in the files that a constraint on the path names.',
  platforms: ['linux'],
  columns: {
    common_name: column.text('Common name of whom the certificate is for.'),
    subject: column.text('Whole name of whom it is for, its parts after slashes.'),
    subject2: column.text('The same, its parts separated by commas.'),
    issuer: column.text('Whole name of who issued it, its parts after slashes.'),
    issuer2: column.text('The same, its parts separated by commas.'),
    ca: column.integer('1 when it may sign certificates, else 0.'),
    self_signed: column.integer('1 when it is for whoever issued it, else 0.'),
    not_valid_before: column.bigint('Begin of its validity in unix seconds.'),
    not_valid_after: column.bigint('End of its validity in unix seconds.'),
    signing_algorithm: column.text('Algorithm of the signature, such as sha256WithRSAEncryption.'),
    key_algorithm: column.text('Algorithm of the key, such as rsaEncryption or id-ecPublicKey.'),
    key_strength: column.text('Length of the key in bits.'),
    key_usage: column.text('What the key may be used for, separated by commas.'),
    subject_key_id: column.text('Id of its own key in hex.'),
    authority_key_id: column.text('Id of the key that signed it in hex; empty where it is not said.'),
    sha1: column.text('SHA-1 of the certificate in hex.'),
    path: column.text(
      'File that holds it, a PEM bundle or one in DER; a folder gives the certificates of its files.',
      { additional: true, pivotType: 'filePath' },
    ),
    serial: column.text('Serial number in hex.'),
  },
  examples: [
    "SELECT common_name, datetime(not_valid_after, 'unixepoch') AS ends FROM certificates WHERE not_valid_after < unixepoch() + 2592000",
    "SELECT * FROM certificates WHERE path = '/etc/ssl/certs/ca-certificates.crt'",
    "SELECT path, subject2, sha1 FROM certificates WHERE path LIKE '/etc/nginx/%%'",
  ],
  estimatedRows: 150,

  *rows(host, scan) {
    const seen = new Set<string>()
    for (const { path, real } of asked()) {
      // On one distribution several names lead to one bundle.
      if (!scan.texts('path') && seen.has(real)) continue
      seen.add(real)
      for (const der of certificatesOf(path)) {
        const facts = describeCertificate(der)
        if (facts) yield { ...facts, path }
      }
    }

    function* asked(): Generator<{ path: string; real: string }> {
      const pattern = scan.constraints('path').find(({ op }) => op === 'LIKE' || op === 'GLOB')
      const skip = (path: string, error: unknown) => warnUnread(scan, path, error)
      const paths =
        scan.texts('path') ??
        (pattern
          ? expand(host, String(pattern.value), skip, pattern.op === 'GLOB' ? 'GLOB' : 'LIKE')
          : bundles)
      for (const path of paths) {
        try {
          if (!host.stat(path).isDirectory()) yield { path, real: pattern ? path : host.realpath(path) }
          else if (!pattern)
            for (const name of host.list(path))
              if (ending.test(name)) yield { path: `${path.replace(/\/+$/, '')}/${name}`, real: '' }
        } catch (error) {
          if (!isAbsent(error)) skip(path, error)
        }
      }
    }

    function* certificatesOf(path: string) {
      try {
        yield* certificatesIn(host.readBytes(path))
      } catch (error) {
        if (!isAbsent(error) && errorCode(error) !== 'EISDIR') warnUnread(scan, path, error)
      }
    }
  },
})
