import type { Role } from '@quarry/schema'

export interface AccountTables {
  accounts: {
    id: string
    username: string
    /** The user name in lower case: two accounts may not differ by case alone. */
    username_key: string
    name: string
    role: Role
    /** PHC string. */
    password_hash: string
    must_change_password: number
    disabled: number
    created_at: number
    last_sign_in_at: number | null
  }
}
