import { randomUUID } from 'node:crypto'
import { AppError, type Role, roles } from '@quarry/schema'
import type { ApiClient } from '@quarry/schema/endpoints/api-clients'
import type { Selectable } from 'kysely'
import type { Ground } from '../context.ts'
import { hashPassword, verifyPassword } from '../security/passwords.ts'
import { hashSecret, newSecret, sameText } from '../security/secrets.ts'
import type { Who } from '../who.ts'
import type { ApiClientTables } from './tables.ts'

export type ApiClientRow = Selectable<ApiClientTables['api_clients']>
export type ApiClients = ReturnType<typeof openApiClients>

/** How long a bearer token is good for. */
export const tokenSeconds = 3600

/** Programs that may call the API, and their bearer tokens. */
export function openApiClients({ db }: Pick<Ground, 'db'>) {
  async function list(): Promise<ApiClientRow[]> {
    return await db.selectFrom('api_clients').selectAll().orderBy('name').execute()
  }

  async function byClientId(clientId: string): Promise<ApiClientRow | undefined> {
    return await db.selectFrom('api_clients').selectAll().where('client_id', '=', clientId).executeTakeFirst()
  }

  /**
   * Makes a client.
   * @param given id and secret that a person chose; without them both are made here.
   * @throws AppError name_taken
   */
  async function create(input: { name: string; role: Role }, given?: { id: string; secret: string }) {
    const clientSecret = given?.secret ?? newSecret()
    const row: ApiClientRow = {
      id: randomUUID(),
      name: input.name,
      client_id: given?.id ?? randomUUID(),
      secret_hash: given ? await hashPassword(given.secret) : hashSecret(clientSecret),
      role: input.role,
      created_at: Date.now(),
      last_used_at: null,
    }
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('api_clients')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (!numInsertedOrUpdatedRows) throw new AppError('name_taken')
    return { client: row, clientSecret }
  }

  /** Removes a client and, with it, its tokens. @throws AppError api_client_not_found */
  async function remove(id: string): Promise<ApiClientRow> {
    const row = await db.deleteFrom('api_clients').where('id', '=', id).returningAll().executeTakeFirst()
    if (!row) throw new AppError('api_client_not_found')
    return row
  }

  /** Returns the client that these credentials belong to. It takes about as long when there is none. */
  async function check(clientId: string, secret: string): Promise<ApiClientRow | undefined> {
    const row = await byClientId(clientId)
    const chosen = !row || row.secret_hash.startsWith('$')
    const right = chosen
      ? await verifyPassword(secret, row?.secret_hash)
      : sameText(hashSecret(secret), row.secret_hash)
    return right ? row : undefined
  }

  /** Makes a bearer token; only its hash is stored. */
  async function issueToken(client: ApiClientRow): Promise<string> {
    const token = newSecret()
    const now = Date.now()
    await db.transaction().execute(async (trx) => {
      await trx.deleteFrom('bearer_tokens').where('expires_at', '<', now).execute()
      await trx
        .insertInto('bearer_tokens')
        .values({
          token_hash: hashSecret(token),
          api_client_id: client.id,
          expires_at: now + tokenSeconds * 1000,
        })
        .execute()
      await trx.updateTable('api_clients').set({ last_used_at: now }).where('id', '=', client.id).execute()
    })
    return token
  }

  /** Returns the program that holds this token, or undefined when the token is unknown or has expired. */
  async function find(token: string, address: string): Promise<Who | undefined> {
    const row = await db
      .selectFrom('bearer_tokens')
      .innerJoin('api_clients', 'api_clients.id', 'bearer_tokens.api_client_id')
      .select(['api_clients.id', 'api_clients.name', 'api_clients.role'])
      .where('bearer_tokens.token_hash', '=', hashSecret(token))
      .where('bearer_tokens.expires_at', '>', Date.now())
      .executeTakeFirst()
    return row && { type: 'service', ...row, permissions: roles[row.role], address }
  }

  return { list, byClientId, create, remove, check, issueToken, find }
}

/** The client as the API shows it: without its secret. */
export function apiClientOf(row: ApiClientRow): ApiClient {
  return {
    id: row.id,
    name: row.name,
    clientId: row.client_id,
    role: row.role,
    createdAt: new Date(row.created_at).toISOString(),
    lastUsedAt: row.last_used_at === null ? undefined : new Date(row.last_used_at).toISOString(),
  }
}
