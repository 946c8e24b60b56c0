export interface QueryTables {
  /** Custom queries. `content` is a `QueryContent` as JSON, the two `…_by` are a `Principal`. */
  queries: {
    id: string
    name: string
    /** The name in small letters: unique. */
    name_key: string
    content: string
    created_at: number
    created_by: string
    updated_at: number
    updated_by: string
  }
  /** Sums over the devices of all finished runs of a query, shipped ones too. */
  query_costs: {
    query_id: string
    runs: number
    devices: number
    wall_millis: number
    cpu_millis: number
    bytes: number
    last_run_id: string | null
    last_run_at: number | null
    last_run_devices: number | null
  }
}
