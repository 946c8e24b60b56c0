import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openLxd } from '../testing/open-lxd.ts'
import table from './lxd_certificates.ts'

const { engine } = await openLxd(table)

test('shows what LXD trusts', () => {
  expect(engine.all('SELECT * FROM lxd_certificates')).toEqual([
    {
      name: 'ada',
      type: 'client',
      fingerprint: 'fd200419b271f1dc2a5591b693cc5774b7f234e1ff8c6b78ad703b6888fe2b69',
      certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})
