export interface ReputationTables {
  reputations: {
    sha256: string
    /** 0 to 100; −1: nobody was asked. */
    score: number
    /** Evidence as JSON. */
    data: string
    expires_at: number
  }
  program_sightings: {
    sha256: string
    endpoint_id: string
    path: string
    /** Empty where no package owns the file. */
    package: string
    version: string
    first_seen_at: number
  }
}
