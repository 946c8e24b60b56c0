import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { Permission, Role } from '../permissions.ts'
import { Id } from '../values.ts'

/** Who is signed in. `csrfToken` goes into the header `X-CSRF-Token` of every call that changes something. */
export const Session = z.object({
  account: z.object({ id: Id, username: z.string(), name: z.string(), role: Role }),
  permissions: z.array(Permission),
  mustChangePassword: z.boolean(),
  csrfToken: z.string(),
  tenantId: Id,
})
export type Session = z.infer<typeof Session>

const path = '/quarry/v1/session'

export const signIn = endpoint({
  id: 'session.signIn',
  method: 'POST',
  path,
  description: 'Signs a person in and sets the session cookie.',
  access: 'public',
  body: z.strictObject({ username: z.string().max(200), password: z.string().max(256) }),
  output: Session,
  status: 201,
  errors: ['bad_credentials', 'too_many_requests'],
})

export const getSession = endpoint({
  id: 'session.get',
  method: 'GET',
  path,
  description: 'Tells who is signed in.',
  access: 'signedIn',
  output: Session,
  errors: [],
})

export const signOut = endpoint({
  id: 'session.signOut',
  method: 'DELETE',
  path,
  description: 'Ends the session.',
  access: 'signedIn',
  output: z.undefined(),
  status: 204,
  errors: [],
})

export const changePassword = endpoint({
  id: 'session.changePassword',
  method: 'POST',
  path: `${path}/password`,
  description: 'Changes the password of the one who is signed in and ends all other sessions of theirs.',
  access: 'signedIn',
  body: z.strictObject({ current: z.string().max(256), next: z.string().max(256) }),
  output: Session,
  errors: ['bad_credentials', 'weak_password', 'too_many_requests'],
})
