import { X509Certificate } from 'node:crypto'
import { mayReachOut, warnUnreached } from '../bridge/allowed.ts'
import {
  authorityKeyText,
  basicConstraintsText,
  certificateParts,
  keyUsageText,
  policiesText,
  purposesText,
  subjectKeyText,
} from '../certificates/extensions.ts'
import { namePart } from '../certificates/names.ts'
import { parseTarget } from '../certificates/target.ts'
import { column, defineTable } from '../define-table.ts'

const usualSeconds = 4

export default defineTable({
  name: 'curl_certificate',
  description:
    'Certificates that a TLS server shows to the device: its own first, then the chain. They are not judged. It is off until the device’s owner allows queries to reach out.',
  platforms: ['linux'],
  columns: {
    hostname: column.text('Name of the server, with a port unless it is 443.', { required: true }),
    common_name: column.text('Common name of whom the certificate is for.'),
    organization: column.text('Organisation of whom it is for.'),
    organization_unit: column.text('Unit of that organisation.'),
    serial_number: column.text('Serial number in hex.'),
    issuer_common_name: column.text('Common name of who issued it.'),
    issuer_organization: column.text('Organisation of who issued it.'),
    issuer_organization_unit: column.text('Unit of that organisation.'),
    valid_from: column.text('Begin of its validity, such as Nov 24 08:00:00 2026 GMT.'),
    valid_to: column.text('End of its validity.'),
    sha256_fingerprint: column.text('SHA-256 of the certificate in hex.'),
    sha1_fingerprint: column.text('SHA-1 of the certificate in hex.'),
    version: column.integer('Version of the format: 3 for nearly all.'),
    signature_algorithm: column.text('Algorithm of the signature.'),
    signature: column.text('Signature in hex, its bytes separated by colons.'),
    subject_key_identifier: column.text('Id of its own key in hex.'),
    authority_key_identifier: column.text('Id of the key that signed it in hex.'),
    key_usage: column.text('What the key may be used for.'),
    extended_key_usage: column.text('Purposes of the certificate.'),
    policies: column.text('Object identifiers of its policies.'),
    subject_alternative_names: column.text('Names and addresses that it is valid for.'),
    issuer_alternative_names: column.text('Other names of the issuer, as DER in hex.'),
    info_access: column.text('Where the issuer’s certificate and revocations are found.'),
    subject_info_access: column.text('Where more about the subject is found, as DER in hex.'),
    policy_mappings: column.text('Policies that count as others, as DER in hex.'),
    has_expired: column.integer('1 when its validity has ended, else 0.'),
    basic_constraint: column.text('Whether it may sign certificates, and how long a chain.'),
    name_constraints: column.text('Names that it may sign for, as DER in hex.'),
    policy_constraints: column.text('Policies that it must bear, as DER in hex.'),
    dump_certificate: column.integer('Set it to 1 for the certificate itself in `pem`.', {
      hidden: true,
      additional: true,
    }),
    timeout: column.integer('Seconds to wait for the server; 4 unless a constraint sets another.', {
      hidden: true,
      additional: true,
    }),
    pem: column.text('The certificate in PEM, when `dump_certificate = 1`; else empty.'),
  },
  examples: [
    "SELECT common_name, valid_to, has_expired FROM curl_certificate WHERE hostname = 'www.example.com'",
  ],
  estimatedRows: 3,

  *rows(host, scan) {
    if (!mayReachOut(host, scan, 'curl_certificate')) return
    const seconds = scan.integers('timeout')?.[0] ?? usualSeconds
    const dump = scan.integers('dump_certificate')?.[0]
    for (const hostname of scan.texts('hostname') ?? [])
      try {
        const millis = Math.min(Math.max(seconds, 1), 60) * 1000
        for (const der of host.bridge.certificates({ ...parseTarget(hostname), millis })) {
          const one = new X509Certificate(der)
          const { version, signature, extensions } = certificateParts(Buffer.from(der))
          const text = (id: string, read: (value: Buffer) => string) => {
            const value = extensions.get(id)
            return value ? read(value) : ''
          }
          const hex = (id: string) => text(id, (value) => value.toString('hex'))
          const plain = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase()
          yield {
            hostname,
            common_name: namePart(one.subject, 'CN'),
            organization: namePart(one.subject, 'O'),
            organization_unit: namePart(one.subject, 'OU'),
            serial_number: one.serialNumber.toUpperCase(),
            issuer_common_name: namePart(one.issuer, 'CN'),
            issuer_organization: namePart(one.issuer, 'O'),
            issuer_organization_unit: namePart(one.issuer, 'OU'),
            valid_from: one.validFrom,
            valid_to: one.validTo,
            sha256_fingerprint: plain(one.fingerprint256),
            sha1_fingerprint: plain(one.fingerprint),
            version,
            signature_algorithm: (one as { signatureAlgorithm?: string }).signatureAlgorithm ?? '',
            signature: signature.replace(/..(?=.)/g, '$&:'),
            subject_key_identifier: text('2.5.29.14', subjectKeyText),
            authority_key_identifier: text('2.5.29.35', authorityKeyText),
            key_usage: text('2.5.29.15', keyUsageText),
            extended_key_usage: text('2.5.29.37', purposesText),
            policies: text('2.5.29.32', policiesText),
            subject_alternative_names: one.subjectAltName ?? '',
            issuer_alternative_names: hex('2.5.29.18'),
            info_access: one.infoAccess?.trim().replaceAll('\n', ', ') ?? '',
            subject_info_access: hex('1.3.6.1.5.5.7.1.11'),
            policy_mappings: hex('2.5.29.33'),
            has_expired: one.validToDate.getTime() < host.now(),
            basic_constraint: text('2.5.29.19', basicConstraintsText),
            name_constraints: hex('2.5.29.30'),
            policy_constraints: hex('2.5.29.36'),
            dump_certificate: dump ?? 0,
            timeout: seconds,
            pem: dump === 1 ? one.toString() : '',
          }
        }
      } catch (error) {
        warnUnreached(scan, hostname, error)
      }
  },
})
