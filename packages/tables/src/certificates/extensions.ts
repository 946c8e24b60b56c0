import { oidText, readDer } from './der.ts'

const SEQUENCE = 0x30
const OID = 0x06
const OCTETS = 0x04
const BOOLEAN = 0x01
const INTEGER = 0x02
/** `[3]`, in which a certificate holds its extensions (RFC 5280). */
const EXTENSIONS = 0xa3
const VERSION = 0xa0
const KEY_ID = 0x80

const usages = [
  'Digital Signature',
  'Non Repudiation',
  'Key Encipherment',
  'Data Encipherment',
  'Key Agreement',
  'Certificate Sign',
  'CRL Sign',
  'Encipher Only',
  'Decipher Only',
]
const purposes: Record<string, string> = {
  '1.3.6.1.5.5.7.3.1': 'TLS Web Server Authentication',
  '1.3.6.1.5.5.7.3.2': 'TLS Web Client Authentication',
  '1.3.6.1.5.5.7.3.3': 'Code Signing',
  '1.3.6.1.5.5.7.3.4': 'E-mail Protection',
  '1.3.6.1.5.5.7.3.8': 'Time Stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP Signing',
}

/** What stands in a certificate beside what Node.js reads of it. */
export interface CertificateParts {
  version: number
  /** The signature in hex. */
  signature: string
  /** What an extension holds, by its object identifier. */
  extensions: ReadonlyMap<string, Buffer>
}

/** Takes a certificate in DER apart; what is broken is left out. */
export function certificateParts(der: Buffer): CertificateParts {
  const [certificate] = readDer(der)
  const [body, , signature] = readDer(certificate?.body ?? Buffer.alloc(0))
  const fields = readDer(body?.body ?? Buffer.alloc(0))
  const version = fields.find(({ tag }) => tag === VERSION)
  const list = fields.find(({ tag }) => tag === EXTENSIONS)
  const extensions = new Map<string, Buffer>()
  for (const { body: one } of readDer(readDer(list?.body ?? Buffer.alloc(0))[0]?.body ?? Buffer.alloc(0))) {
    const parts = readDer(one)
    const id = parts.find(({ tag }) => tag === OID)
    const value = parts.find(({ tag }) => tag === OCTETS)
    if (id && value) extensions.set(oidText(id.body), value.body)
  }
  return {
    version: (version ? (readDer(version.body)[0]?.body[0] ?? 0) : 0) + 1,
    // A bit string begins with the number of bits that are not used.
    signature: signature?.body.subarray(1).toString('hex') ?? '',
    extensions,
  }
}

/** What a key may be used for, in words. */
export function keyUsageText(value: Buffer): string {
  const [unused = 0, ...bytes] = readDer(value)[0]?.body ?? []
  const count = Math.max(0, bytes.length * 8 - unused)
  const has = (bit: number) => bit < count && ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0
  return usages.filter((_, bit) => has(bit)).join(', ')
}

/** Purposes of a certificate, in words; one without a word by its object identifier. */
export const purposesText = (value: Buffer): string =>
  readDer(readDer(value)[0]?.body ?? value)
    .map(({ body }) => purposes[oidText(body)] ?? oidText(body))
    .join(', ')

/** Object identifiers of a certificate's policies. */
export const policiesText = (value: Buffer): string =>
  readDer(readDer(value)[0]?.body ?? value)
    .filter(({ tag }) => tag === SEQUENCE)
    .map(({ body }) => oidText(readDer(body)[0]?.body ?? Buffer.alloc(0)))
    .join(', ')

/** Whether it may sign certificates, and how long the chain below it may be. */
export function basicConstraintsText(value: Buffer): string {
  const parts = readDer(readDer(value)[0]?.body ?? Buffer.alloc(0))
  const authority = parts.some(({ tag, body }) => tag === BOOLEAN && body[0] !== 0)
  const length = parts.find(({ tag }) => tag === INTEGER)
  return `CA:${authority ? 'TRUE' : 'FALSE'}${length ? `, pathlen:${length.body[0]}` : ''}`
}

/** Id of the certificate's own key in hex. */
export const subjectKeyText = (value: Buffer): string => readDer(value)[0]?.body.toString('hex') ?? ''

/** Id of the key that signed it in hex. */
export const authorityKeyText = (value: Buffer): string =>
  readDer(readDer(value)[0]?.body ?? Buffer.alloc(0))
    .find(({ tag }) => tag === KEY_ID)
    ?.body.toString('hex') ?? ''
