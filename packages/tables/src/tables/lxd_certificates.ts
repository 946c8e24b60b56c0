import { column, defineTable } from '../define-table.ts'
import { textAt } from '../json/read-json.ts'
import { listLxd } from '../lxd/ask-lxd.ts'

export default defineTable({
  name: 'lxd_certificates',
  description: 'Certificates that LXD trusts: whoever has the key of one may use it from afar.',
  platforms: ['linux'],
  columns: {
    name: column.text('Name of the certificate.'),
    type: column.text('Kind of the certificate: client, server or metrics.'),
    fingerprint: column.text('SHA-256 of the certificate in hex.'),
    certificate: column.text('The certificate in PEM.'),
  },
  examples: ['SELECT name, type, fingerprint FROM lxd_certificates'],
  estimatedRows: 5,

  *rows(host, scan) {
    for (const one of listLxd(host, scan, 'certificates'))
      yield {
        name: textAt(one, 'name'),
        type: textAt(one, 'type'),
        fingerprint: textAt(one, 'fingerprint'),
        certificate: textAt(one, 'certificate'),
      }
  },
})
