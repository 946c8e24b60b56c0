import { randomUUID } from 'node:crypto'
import { AppError, type Role } from '@quarry/schema'
import type { Account } from '@quarry/schema/endpoints/accounts'
import type { Selectable } from 'kysely'
import type { Ground } from '../context.ts'
import { hashPassword, newOneTimePassword } from '../security/passwords.ts'
import type { AccountTables } from './tables.ts'

export type AccountRow = Selectable<AccountTables['accounts']>
export type Accounts = ReturnType<typeof openAccounts>

/** People who may sign in. */
export function openAccounts({ db }: Pick<Ground, 'db'>) {
  const byId = (id: string) => db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()

  /** @throws AppError account_not_found */
  async function get(id: string): Promise<AccountRow> {
    const row = await byId(id)
    if (!row) throw new AppError('account_not_found')
    return row
  }

  async function list(): Promise<AccountRow[]> {
    return await db.selectFrom('accounts').selectAll().orderBy('username_key').execute()
  }

  async function byUsername(username: string): Promise<AccountRow | undefined> {
    const key = username.toLowerCase()
    return await db.selectFrom('accounts').selectAll().where('username_key', '=', key).executeTakeFirst()
  }

  async function count(): Promise<number> {
    const { total } = await db
      .selectFrom('accounts')
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return Number(total)
  }

  /**
   * Makes an account.
   * @param password one that a person chose; without it a one-time password is made and answered.
   * @throws AppError name_taken
   */
  async function create(input: {
    username: string
    name: string
    role: Role
    password?: string | undefined
  }) {
    const oneTimePassword = newOneTimePassword()
    const row: AccountRow = {
      id: randomUUID(),
      username: input.username,
      username_key: input.username.toLowerCase(),
      name: input.name,
      role: input.role,
      password_hash: await hashPassword(input.password ?? oneTimePassword),
      must_change_password: input.password === undefined ? 1 : 0,
      disabled: 0,
      created_at: Date.now(),
      last_sign_in_at: null,
    }
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('accounts')
      .values(row)
      .onConflict((conflict) => conflict.column('username_key').doNothing())
      .executeTakeFirstOrThrow()
    if (!numInsertedOrUpdatedRows) throw new AppError('name_taken')
    return { account: row, oneTimePassword: input.password === undefined ? oneTimePassword : undefined }
  }

  /**
   * Changes an account and ends its sessions. @returns a new one-time password when one was asked for.
   * @throws AppError account_not_found, last_super_admin
   */
  async function update(
    id: string,
    change: {
      name?: string | undefined
      role?: Role | undefined
      disabled?: boolean | undefined
      resetPassword?: true | undefined
    },
  ) {
    const oneTimePassword = change.resetPassword ? newOneTimePassword() : undefined
    const password = oneTimePassword && {
      password_hash: await hashPassword(oneTimePassword),
      must_change_password: 1,
    }
    return await db.transaction().execute(async (trx) => {
      const before = await trx.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
      if (!before) throw new AppError('account_not_found')
      const account: AccountRow = {
        ...before,
        name: change.name ?? before.name,
        role: change.role ?? before.role,
        disabled: change.disabled === undefined ? before.disabled : Number(change.disabled),
        ...password,
      }
      await trx.updateTable('accounts').set(account).where('id', '=', id).execute()
      await trx.deleteFrom('sessions').where('account_id', '=', id).execute()
      await keepOneSuperAdmin(trx)
      return { account, oneTimePassword }
    })
  }

  /** @throws AppError account_not_found, last_super_admin */
  async function remove(id: string): Promise<AccountRow> {
    return await db.transaction().execute(async (trx) => {
      const account = await trx.deleteFrom('accounts').where('id', '=', id).returningAll().executeTakeFirst()
      if (!account) throw new AppError('account_not_found')
      await keepOneSuperAdmin(trx)
      return account
    })
  }

  /** Sets a password that its owner chose and ends the owner's other sessions. */
  async function setPassword(id: string, password: string, keepSession: string): Promise<void> {
    const password_hash = await hashPassword(password)
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('accounts')
        .set({ password_hash, must_change_password: 0 })
        .where('id', '=', id)
        .execute()
      await trx
        .deleteFrom('sessions')
        .where('account_id', '=', id)
        .where('secret_hash', '!=', keepSession)
        .execute()
    })
  }

  return { get, list, byUsername, count, create, update, remove, setPassword }
}

/** @throws AppError last_super_admin when nobody could administer any more; the transaction is undone by it. */
async function keepOneSuperAdmin(db: Ground['db']): Promise<void> {
  const left = await db
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'superAdmin')
    .where('disabled', '=', 0)
    .limit(1)
    .executeTakeFirst()
  if (!left) throw new AppError('last_super_admin')
}

/** The account as the API shows it: without its password. */
export function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    role: row.role,
    disabled: row.disabled === 1,
    mustChangePassword: row.must_change_password === 1,
    createdAt: new Date(row.created_at).toISOString(),
    lastSignInAt: row.last_sign_in_at === null ? undefined : new Date(row.last_sign_in_at).toISOString(),
  }
}
