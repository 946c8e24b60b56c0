import type { Permission, Role } from '@quarry/schema'

/** Who calls: a person with a session or a program with a token. */
export interface Who {
  type: 'user' | 'service'
  id: string
  name: string
  role: Role
  permissions: readonly Permission[]
  /** IP address that the call came from. */
  address: string
  /** Only for people. */
  session?: SessionOf | undefined
}

export interface SessionOf {
  secretHash: string
  csrfToken: string
  mustChangePassword: boolean
}
