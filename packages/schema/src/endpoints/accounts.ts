import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Role } from '../permissions.ts'
import { Id, IdParam, Time } from '../values.ts'

export const Account = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  role: Role,
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  createdAt: Time,
  lastSignInAt: Time.optional(),
})
export type Account = z.infer<typeof Account>

const path = '/quarry/v1/accounts'
const username = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._@-]{0,62}$/, 'letters, digits, dots, dashes, @')
const name = z.string().trim().min(1).max(120)

export const listAccounts = endpoint({
  id: 'accounts.list',
  method: 'GET',
  path,
  description: 'Lists the accounts.',
  access: 'accounts:manage',
  output: z.object({ items: z.array(Account) }),
  errors: [],
})

export const createAccount = endpoint({
  id: 'accounts.create',
  method: 'POST',
  path,
  description: 'Makes an account and answers, this once, with its one-time password.',
  access: 'accounts:manage',
  body: z.strictObject({ username, name, role: Role }),
  output: z.object({ account: Account, oneTimePassword: z.string() }),
  status: 201,
  errors: ['name_taken'],
})

export const updateAccount = endpoint({
  id: 'accounts.update',
  method: 'PATCH',
  path: `${path}/{id}`,
  description:
    'Changes name, role or state of an account; a new one-time password is made on demand. Ends its sessions.',
  access: 'accounts:manage',
  params: IdParam,
  body: z.strictObject({
    name: name.optional(),
    role: Role.optional(),
    disabled: z.boolean().optional(),
    resetPassword: z.literal(true).optional(),
  }),
  output: z.object({ account: Account, oneTimePassword: z.string().optional() }),
  errors: ['account_not_found', 'last_super_admin'],
})

export const deleteAccount = endpoint({
  id: 'accounts.delete',
  method: 'DELETE',
  path: `${path}/{id}`,
  description: 'Removes an account; what it did stays in the audit log.',
  access: 'accounts:manage',
  params: IdParam,
  output: z.undefined(),
  status: 204,
  errors: ['account_not_found', 'last_super_admin'],
})
