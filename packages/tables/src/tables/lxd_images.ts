import { column, defineTable } from '../define-table.ts'
import { listAt, numberAt, textAt } from '../json/read-json.ts'
import { listLxd } from '../lxd/ask-lxd.ts'

export default defineTable({
  name: 'lxd_images',
  description: 'Images that LXD has in its default project.',
  platforms: ['linux'],
  columns: {
    id: column.text('Fingerprint of the image, its SHA-256 in hex.', { index: true }),
    architecture: column.text('Architecture that it is for.'),
    os: column.text('Operating system in it.'),
    release: column.text('Release of that system.'),
    description: column.text('What the image is, in words.'),
    aliases: column.text('Other names of the image, separated by commas.'),
    filename: column.text('Name of its file.'),
    size: column.bigint('Size in bytes.'),
    auto_update: column.integer('1 when it is kept up to date, else 0.'),
    cached: column.integer('1 when LXD fetched it by itself for an instance, else 0.'),
    public: column.integer('1 when everyone may fetch it, else 0.'),
    created_at: column.text('When it was made, as LXD writes the time.'),
    expires_at: column.text('When it ends, as LXD writes the time; 1970 or year 1 for never.'),
    uploaded_at: column.text('When it came here, as LXD writes the time.'),
    last_used_at: column.text('When it was used last, as LXD writes the time; 1970 or year 1 for never.'),
    update_source_server: column.text('Server that it is updated from; empty for none.'),
    update_source_protocol: column.text('Protocol of that server.'),
    update_source_certificate: column.text(
      'Certificate of that server, where it is not one of the system’s.',
    ),
    update_source_alias: column.text('Name of the image at that server.'),
  },
  examples: ['SELECT id, os, release, update_source_server FROM lxd_images WHERE public = 1'],
  estimatedRows: 10,

  *rows(host, scan) {
    const ids = scan.texts('id')
    for (const one of listLxd(host, scan, 'images')) {
      const id = textAt(one, 'fingerprint')
      if (ids && !ids.includes(id ?? '')) continue
      yield {
        id,
        architecture: textAt(one, 'architecture'),
        os: textAt(one, 'properties', 'os'),
        release: textAt(one, 'properties', 'release'),
        description: textAt(one, 'properties', 'description'),
        aliases: listAt(one, 'aliases')
          .map((alias) => textAt(alias, 'name'))
          .join(','),
        filename: textAt(one, 'filename'),
        size: numberAt(one, 'size'),
        auto_update: numberAt(one, 'auto_update'),
        cached: numberAt(one, 'cached'),
        public: numberAt(one, 'public'),
        created_at: textAt(one, 'created_at'),
        expires_at: textAt(one, 'expires_at'),
        uploaded_at: textAt(one, 'uploaded_at'),
        last_used_at: textAt(one, 'last_used_at'),
        update_source_server: textAt(one, 'update_source', 'server') ?? '',
        update_source_protocol: textAt(one, 'update_source', 'protocol') ?? '',
        update_source_certificate: textAt(one, 'update_source', 'certificate') ?? '',
        update_source_alias: textAt(one, 'update_source', 'alias') ?? '',
      }
    }
  },
})
