import { randomUUID } from 'node:crypto'
import { AppError } from '@quarry/schema'
import type { EnrolmentToken } from '@quarry/schema/endpoints/enrolment-tokens'
import type { Selectable } from 'kysely'
import type { Ground } from '../context.ts'
import { hashSecret, newSecret } from '../security/secrets.ts'
import type { EnrolmentTables } from './tables.ts'

export type EnrolmentTokenRow = Selectable<EnrolmentTables['enrolment_tokens']>
export type Enrolment = ReturnType<typeof openEnrolment>

const localSeconds = 3600

/** Enrolment tokens: they expire, serve a limited number of devices, and can be revoked. */
export function openEnrolment({ db }: Pick<Ground, 'db'>) {
  async function list(): Promise<EnrolmentTokenRow[]> {
    return await db.selectFrom('enrolment_tokens').selectAll().orderBy('created_at', 'desc').execute()
  }

  /** Makes a token; `secret` is shown this once. */
  async function create(input: { name: string; maxUses: number; expiresInSeconds: number; local?: boolean }) {
    const secret = newSecret()
    const now = Date.now()
    const token: EnrolmentTokenRow = {
      id: randomUUID(),
      name: input.name,
      secret_hash: hashSecret(secret),
      uses: 0,
      max_uses: input.maxUses,
      expires_at: now + input.expiresInSeconds * 1000,
      revoked_at: null,
      created_at: now,
      local: input.local ? 1 : 0,
    }
    await db.insertInto('enrolment_tokens').values(token).execute()
    return { token, secret }
  }

  /** Makes the token for the agent that runs beside the server; the unused one of an earlier start goes. */
  async function createLocal(): Promise<string> {
    await db.deleteFrom('enrolment_tokens').where('local', '=', 1).where('uses', '=', 0).execute()
    const made = await create({
      name: 'This machine',
      maxUses: 1,
      expiresInSeconds: localSeconds,
      local: true,
    })
    return made.secret
  }

  /** Revokes a token for good; doing so again changes nothing. @throws AppError enrolment_token_not_found */
  async function revoke(id: string): Promise<EnrolmentTokenRow> {
    const now = Date.now()
    await db
      .updateTable('enrolment_tokens')
      .set({ revoked_at: now })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .execute()
    const row = await db.selectFrom('enrolment_tokens').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('enrolment_token_not_found')
    return row
  }

  /**
   * Uses a token once. Check and count are one statement, so that two devices cannot share the last use.
   * @returns the token's id. @throws AppError bad_enrolment_token
   */
  async function use(secret: string): Promise<string> {
    const row = await db
      .updateTable('enrolment_tokens')
      .set((e) => ({ uses: e('uses', '+', 1) }))
      .where('secret_hash', '=', hashSecret(secret))
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', Date.now())
      .whereRef('uses', '<', 'max_uses')
      .returning('id')
      .executeTakeFirst()
    if (!row) throw new AppError('bad_enrolment_token')
    return row.id
  }

  /** Gives a use back when the device turned out not to need it or could not be stored. */
  async function giveBack(id: string): Promise<void> {
    await db
      .updateTable('enrolment_tokens')
      .set((e) => ({ uses: e('uses', '-', 1) }))
      .where('id', '=', id)
      .where('uses', '>', 0)
      .execute()
  }

  return { list, create, createLocal, revoke, use, giveBack }
}

/** The token as the API shows it: without its secret. */
export function enrolmentTokenOf(row: EnrolmentTokenRow): EnrolmentToken {
  return {
    id: row.id,
    name: row.name,
    uses: row.uses,
    maxUses: row.max_uses,
    expiresAt: new Date(row.expires_at).toISOString(),
    revokedAt: row.revoked_at === null ? undefined : new Date(row.revoked_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
  }
}
