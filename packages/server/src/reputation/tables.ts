export interface ReputationTables {
  reputations: {
    sha256: string
    /** 0 to 100; −1: nobody was asked. */
    score: number
    /** Evidence as JSON. */
    data: string
    expires_at: number
  }
}
