export interface SessionTables {
  sessions: {
    /** SHA-256 of the secret in the cookie. */
    secret_hash: string
    account_id: string
    created_at: number
    last_seen_at: number
    address: string
  }
}
