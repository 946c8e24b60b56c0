/** Tables of the connectors and of what they answered. */
export interface EnrichmentTables {
  connectors: {
    id: string
    code: string
    /** JSON; null for a shipped one, whose definition is its file. */
    definition: string | null
    /** JSON of `ConnectorSettings`. */
    settings: string
    created_at: number
    updated_at: number
  }
  connector_secrets: { connector_id: string; name: string; sealed: string; set_at: number }
  /** One row for each request: the rate and the daily quota are counted from it. */
  connector_sends: { connector_id: string; at: number }
  /** Until when a connector is left in peace, and why. */
  connector_rests: { connector_id: string; reason: string; until: number }
  enrichment_cache: {
    connector_id: string
    type: string
    value: string
    /** Hash of the request's definition: another request is another answer. */
    asked_by: string
    /** Hash of the mapping: another mapping reads `raw` again and sends nothing. */
    mapped_by: string
    answer: string
    raw: string | null
    fetched_at: number
    expires_at: number
  }
  run_markings: { run_id: string; tlp: string }
}
