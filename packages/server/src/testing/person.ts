import { type Call, client, type Role } from '@quarry/schema'
import { createAccount } from '@quarry/schema/endpoints/accounts'
import { changePassword, type Session, signIn } from '@quarry/schema/endpoints/session'

export interface Person {
  session: Session
  /** Cookie and CSRF token. */
  headers: Record<string, string>
  call: Call
}

/** Signs a person in as a browser does: the cookie is kept, the CSRF token sent with every call. */
export async function signInAs(url: string, username: string, password: string): Promise<Person> {
  const headers: Record<string, string> = {}
  const keepCookie: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const cookie = response.headers.getSetCookie()[0]
    if (cookie) headers.cookie = cookie.split(';')[0]!
    return response
  }
  const call = client(url, { headers: () => headers, fetch: keepCookie })
  const session = await call(signIn, { body: { username, password } })
  headers['x-csrf-token'] = session.csrfToken
  return { session, headers, call }
}

/** Makes an account, signs it in and changes its one-time password. */
export async function newPerson(admin: Person, url: string, username: string, role: Role): Promise<Person> {
  const { oneTimePassword } = await admin.call(createAccount, { body: { username, name: username, role } })
  const person = await signInAs(url, username, oneTimePassword)
  const next = `password-of-${username}`
  await person.call(changePassword, { body: { current: oneTimePassword, next } })
  return person
}
