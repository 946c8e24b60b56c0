import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openLxd } from '../testing/open-lxd.ts'
import table from './lxd_images.ts'

const { engine } = await openLxd(table)

test('shows images and where they are updated from', () => {
  expect(engine.all('SELECT * FROM lxd_images')).toMatchObject([
    {
      id: '0931b693c877ef357b9e17b3195ae952a2450873923ffd2b34b60836ea730cfa',
      architecture: 'x86_64',
      os: 'Alpine',
      release: '3.20',
      description: 'Alpine 3.20 amd64 (20261101_13:00)',
      aliases: 'alpine,small',
      filename: 'lxd.tar.xz',
      size: 2718211,
      auto_update: 1,
      cached: 1,
      public: 0,
      created_at: '2026-11-01T00:00:00Z',
      expires_at: '1970-01-01T00:00:00Z',
      uploaded_at: '2026-11-02T08:00:00Z',
      last_used_at: '2026-11-20T09:00:00Z',
      update_source_server: 'https://images.example',
      update_source_protocol: 'simplestreams',
      update_source_certificate: '-----BEGIN CERTIFICATE-----',
      update_source_alias: 'alpine/3.20',
    },
    { id: 'bb'.repeat(32), os: null, aliases: '', public: 1, update_source_server: '' },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
  expect(engine.all(`SELECT size FROM lxd_images WHERE id = '${'bb'.repeat(32)}'`)).toEqual([{ size: 5 }])
})
