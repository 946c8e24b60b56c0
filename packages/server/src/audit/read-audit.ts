import { AppError, type Output } from '@quarry/schema'
import type { AuditEntry, listAudit } from '@quarry/schema/endpoints/audit'
import type { Kysely, Selectable } from 'kysely'
import type { Database } from '../state/schema.ts'
import type { AuditTables } from './tables.ts'

const maxSize = 500

/** Reads a page of the audit log, the latest first; the key of a page is the id that its entries are below. */
export async function readAudit(
  db: Kysely<Database>,
  query: { pageFromKey?: string | undefined; pageSize: number; action?: string | undefined },
): Promise<Output<typeof listAudit>> {
  const { pageFromKey: fromKey, pageSize: size, action } = query
  if (fromKey !== undefined && !/^\d{1,15}$/.test(fromKey)) {
    throw new AppError('bad_request', 'query.pageFromKey: must be the nextKey of a page.')
  }
  let rows = db.selectFrom('audit').selectAll().orderBy('id', 'desc')
  if (fromKey !== undefined) rows = rows.where('id', '<', Number(fromKey))
  if (action !== undefined) rows = rows.where('action', '=', action)

  // One more than asked for tells whether there is a next page.
  const found = await rows.limit(size + 1).execute()
  const items = found.slice(0, size)
  const nextKey = found.length > size ? String(items.at(-1)!.id) : undefined
  return { items: items.map(entryOf), pages: { fromKey, nextKey, size, maxSize } }
}

function entryOf(row: Selectable<AuditTables['audit']>): AuditEntry {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    principal: { id: row.principal_id ?? undefined, type: row.principal_type, name: row.principal_name },
    action: row.action,
    target: row.target ?? undefined,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
    address: row.address ?? undefined,
  }
}
