import { describeCertificate } from '../certificates/describe.ts'
import { signedCertificates } from '../certificates/signature-list.ts'
import { column, defineTable } from '../define-table.ts'
import { isAbsent, warnUnread } from '../files/unread.ts'

const folder = '/sys/firmware/efi/efivars'
/** EFI_IMAGE_SECURITY_DATABASE_GUID, the vendor of both variables. */
const vendor = 'd719b2cb-3d3a-4596-a3bc-dad00e67656f'
/** Four bytes of attributes stand before the value of a variable. */
const attributes = 4

export default defineTable({
  name: 'secureboot_certificates',
  description:
    'Certificates in the firmware’s lists of who may sign what starts (db) and who may not any more (dbx); empty without UEFI.',
  platforms: ['linux'],
  columns: {
    common_name: column.text('Common name of whom the certificate is for.'),
    subject: column.text('Whole name of whom it is for, its parts after slashes.'),
    issuer: column.text('Whole name of who issued it, its parts after slashes.'),
    not_valid_before: column.bigint('Begin of its validity in unix seconds.'),
    not_valid_after: column.bigint('End of its validity in unix seconds.'),
    sha1: column.text('SHA-1 of the certificate in hex.'),
    serial: column.text('Serial number in hex.'),
    revoked: column.integer('1 when it stands in the list of what is forbidden (dbx), else 0.'),
    path: column.text('Variable of the firmware that holds it.', { pivotType: 'filePath' }),
    is_ca: column.integer('1 when it may sign certificates, else 0.'),
    self_signed: column.integer('1 when it is for whoever issued it, else 0.'),
    key_usage: column.text('What the key may be used for, separated by commas.'),
    authority_key_id: column.text('Id of the key that signed it in hex; empty where it is not said.'),
    subject_key_id: column.text('Id of its own key in hex.'),
    signing_algorithm: column.text('Algorithm of the signature, such as sha256WithRSAEncryption.'),
    key_algorithm: column.text('Algorithm of the key, such as rsaEncryption or id-ecPublicKey.'),
    key_strength: column.text('Length of the key in bits.'),
  },
  examples: [
    "SELECT common_name, revoked, datetime(not_valid_after, 'unixepoch') AS ends FROM secureboot_certificates",
  ],
  estimatedRows: 10,

  *rows(host, scan) {
    for (const name of ['db', 'dbx']) {
      const path = `${folder}/${name}-${vendor}`
      try {
        const value = Buffer.from(host.readBytes(path)).subarray(attributes)
        for (const der of signedCertificates(value)) {
          const described = describeCertificate(der)
          if (!described) continue
          const { ca, subject2: _, issuer2: __, ...facts } = described
          yield { ...facts, is_ca: ca, revoked: name === 'dbx', path }
        }
      } catch (error) {
        if (!isAbsent(error)) warnUnread(scan, path, error)
      }
    }
  },
})
