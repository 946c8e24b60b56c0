import { roles } from '@quarry/schema'
import type { Ground } from '../context.ts'
import { hashSecret, newSecret } from '../security/secrets.ts'
import type { Who } from '../who.ts'

/** A session that nobody used for this long has ended. */
export const idleMillis = 12 * 3_600_000
/** However much it is used, a session ends after this long. */
export const absoluteMillis = 7 * 24 * 3_600_000
/** How stale `last_seen_at` may get, so that not every call writes. */
const touchMillis = 60_000

export type Sessions = ReturnType<typeof openSessions>

/** Sessions of people. Only the hash of a session's secret is stored. */
export function openSessions({ db }: Pick<Ground, 'db'>) {
  /** Begins a session and returns its secret, which goes into the cookie. */
  async function begin(accountId: string, address: string): Promise<string> {
    const secret = newSecret()
    const now = Date.now()
    await db.transaction().execute(async (trx) => {
      await trx
        .deleteFrom('sessions')
        .where((e) =>
          e.or([e('created_at', '<', now - absoluteMillis), e('last_seen_at', '<', now - idleMillis)]),
        )
        .execute()
      await trx
        .insertInto('sessions')
        .values({
          secret_hash: hashSecret(secret),
          account_id: accountId,
          created_at: now,
          last_seen_at: now,
          address,
        })
        .execute()
      await trx.updateTable('accounts').set({ last_sign_in_at: now }).where('id', '=', accountId).execute()
    })
    return secret
  }

  /** Returns who holds this secret, or undefined when the session has ended or the account may not sign in. */
  async function find(secret: string, address: string): Promise<Who | undefined> {
    const secretHash = hashSecret(secret)
    const row = await db
      .selectFrom('sessions')
      .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
      .select([
        'accounts.id',
        'accounts.name',
        'accounts.role',
        'accounts.must_change_password',
        'accounts.disabled',
        'sessions.created_at',
        'sessions.last_seen_at',
      ])
      .where('sessions.secret_hash', '=', secretHash)
      .executeTakeFirst()
    const now = Date.now()
    if (!row || row.disabled) return undefined
    if (now - row.created_at > absoluteMillis || now - row.last_seen_at > idleMillis) return undefined
    if (now - row.last_seen_at > touchMillis) {
      await db
        .updateTable('sessions')
        .set({ last_seen_at: now })
        .where('secret_hash', '=', secretHash)
        .execute()
    }
    return {
      type: 'user',
      id: row.id,
      name: row.name,
      role: row.role,
      permissions: roles[row.role],
      address,
      session: {
        secretHash,
        csrfToken: csrfTokenOf(secret),
        mustChangePassword: row.must_change_password === 1,
      },
    }
  }

  async function end(secretHash: string): Promise<void> {
    await db.deleteFrom('sessions').where('secret_hash', '=', secretHash).execute()
  }

  return { begin, find, end }
}

/** Derived from the secret, which scripts of a page cannot read; so it needs no place of its own. */
export function csrfTokenOf(secret: string): string {
  return hashSecret(`quarry csrf ${secret}`)
}
