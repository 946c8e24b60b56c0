import { type KeyObject, X509Certificate } from 'node:crypto'
import { authorityKeyText, certificateParts, keyUsageText, subjectKeyText } from './extensions.ts'
import { commaName, namePart, slashName } from './names.ts'

const algorithms: Record<string, string> = {
  rsa: 'rsaEncryption',
  'rsa-pss': 'rsassaPss',
  ec: 'id-ecPublicKey',
  dsa: 'dsaEncryption',
  ed25519: 'ED25519',
  ed448: 'ED448',
}
/** Bits of the keys whose curve says them. */
const curveBits: Record<string, number> = {
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
  ed25519: 253,
  ed448: 448,
}

/** What osquery's tables of certificates show of one. */
export interface CertificateFacts {
  common_name: string
  subject: string
  subject2: string
  issuer: string
  issuer2: string
  ca: boolean
  self_signed: boolean
  /** Unix seconds. */
  not_valid_before: number
  not_valid_after: number
  signing_algorithm: string
  key_algorithm: string
  key_strength: string
  key_usage: string
  subject_key_id: string
  authority_key_id: string
  sha1: string
  serial: string
}

/** Describes a certificate in DER or PEM; undefined for what is none. Ids and serial numbers are in upper case, as OpenSSL has them. */
export function describeCertificate(bytes: Uint8Array | string): CertificateFacts | undefined {
  let one: X509Certificate
  try {
    one = new X509Certificate(bytes)
  } catch {
    return undefined
  }
  const { extensions } = certificateParts(one.raw)
  const text = (id: string, read: (value: Buffer) => string) => {
    const value = extensions.get(id)
    return value ? read(value) : ''
  }
  return {
    common_name: namePart(one.subject ?? '', 'CN'),
    subject: slashName(one.subject ?? ''),
    subject2: commaName(one.subject ?? ''),
    issuer: slashName(one.issuer ?? ''),
    issuer2: commaName(one.issuer ?? ''),
    ca: one.ca,
    self_signed: one.subject === one.issuer,
    not_valid_before: Math.floor(one.validFromDate.getTime() / 1000),
    not_valid_after: Math.floor(one.validToDate.getTime() / 1000),
    signing_algorithm: (one as { signatureAlgorithm?: string }).signatureAlgorithm ?? '',
    ...keyOf(one),
    key_usage: text('2.5.29.15', keyUsageText).replace('Certificate Sign', 'Key Cert Sign'),
    subject_key_id: text('2.5.29.14', subjectKeyText).toUpperCase(),
    authority_key_id: text('2.5.29.35', authorityKeyText).toUpperCase(),
    sha1: one.fingerprint.replaceAll(':', '').toLowerCase(),
    serial: one.serialNumber.toUpperCase(),
  }
}

function keyOf(one: X509Certificate): Pick<CertificateFacts, 'key_algorithm' | 'key_strength'> {
  let key: KeyObject
  try {
    key = one.publicKey
  } catch {
    // An algorithm that this OpenSSL does not know.
    return { key_algorithm: '', key_strength: '' }
  }
  const type = key.asymmetricKeyType ?? ''
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  const bits = modulusLength ?? curveBits[namedCurve ?? type]
  return { key_algorithm: algorithms[type] ?? type, key_strength: bits === undefined ? '' : String(bits) }
}
