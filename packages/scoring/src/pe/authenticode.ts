// Authenticode (Microsoft, "Windows Authenticode Portable Executable Signature Format"): is the digest that was signed still the file's?
import { createHash } from 'node:crypto'
import type { PeFile } from './parse-pe.ts'

const certificateTable = 4
const digests = ['sha256', 'sha1', 'sha384', 'sha512'] as const

export type Signature =
  | { state: 'unsigned' }
  /** The signed digest is the file's; whether the signer is to be trusted was not looked at. */
  | { state: 'digest matches'; digest: string }
  | { state: 'digest differs' }

/** What the signature of a whole PE file says about its bytes. The signer's certificate chain is not evaluated. */
export function signatureOf(bytes: Buffer, file: PeFile): Signature {
  const { address, size } = file.directories[certificateTable] ?? { address: 0, size: 0 }
  if (address === 0 || size <= 8 || address + 8 > bytes.length) return { state: 'unsigned' }
  const signed = bytes.subarray(address + 8, address + size)
  for (const digest of digests)
    if (signed.includes(imageDigest(bytes, file, digest))) return { state: 'digest matches', digest }
  return { state: 'digest differs' }
}

/** The digest of the image: all bytes but the checksum, the entry of the certificate table, and the certificates. */
export function imageDigest(bytes: Buffer, file: PeFile, digest: string): Buffer {
  const checksum = file.optionalHeaderOffset + 64
  const entry = file.optionalHeaderOffset + (file.is64Bit ? 112 : 96) + 8 * certificateTable
  const table = file.directories[certificateTable]
  const certificates =
    table && table.address > 0 && table.size > 0
      ? { from: table.address, to: table.address + table.size }
      : { from: bytes.length, to: bytes.length }
  return createHash(digest)
    .update(bytes.subarray(0, checksum))
    .update(bytes.subarray(checksum + 4, entry))
    .update(bytes.subarray(entry + 8, certificates.from))
    .update(bytes.subarray(certificates.to))
    .digest()
}
