export interface EnrolmentTables {
  enrolment_tokens: {
    id: string
    name: string
    secret_hash: string
    uses: number
    max_uses: number
    expires_at: number
    revoked_at: number | null
    created_at: number
    /** 1 for the token that the server makes for the agent beside it. */
    local: number
  }
}
