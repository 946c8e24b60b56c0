import type { Role } from '@quarry/schema'

export interface ApiClientTables {
  api_clients: {
    id: string
    name: string
    client_id: string
    /** SHA-256 in hex of a secret that we made, or the PHC string of one that a person chose. */
    secret_hash: string
    role: Role
    created_at: number
    last_used_at: number | null
  }
  bearer_tokens: {
    token_hash: string
    api_client_id: string
    expires_at: number
  }
}
