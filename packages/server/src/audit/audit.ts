import type { Kysely } from 'kysely'
import type { Database } from '../state/schema.ts'
import type { Who } from '../who.ts'

/** Who an entry names: a caller, the server itself, or someone who did not sign in. */
export type Actor =
  | Pick<Who, 'type' | 'id' | 'name' | 'address'>
  | { type: 'nobody'; name: string; address: string }
  | 'system'

/**
 * Appends to the audit log.
 * @param action id of the API call, or a name such as `session.failed`.
 * @param target id of what it was done to.
 * @param detail what else a reader needs; never a secret.
 */
export type Audit = (
  actor: Actor,
  action: string,
  target?: string,
  detail?: Record<string, unknown>,
) => Promise<void>

/** Returns the writer of the audit log. The table refuses updates and deletes. */
export function openAudit(db: Kysely<Database>): Audit {
  return async (actor, action, target, detail = {}) => {
    const person = actor === 'system' ? undefined : actor
    await db
      .insertInto('audit')
      .values({
        at: Date.now(),
        principal_type: person?.type ?? 'system',
        principal_id: person && 'id' in person ? person.id : null,
        principal_name: person?.name ?? 'Quarry',
        action,
        target: target ?? null,
        detail: JSON.stringify(detail),
        address: person?.address ?? null,
      })
      .execute()
  }
}
