export interface EndpointTables {
  endpoint_groups: {
    id: string
    name: string
    /** The name in small letters: unique. */
    name_key: string
    description: string
    created_at: number
  }
  /** What agents say of their tables; most devices say the same, so each distinct set is kept once. */
  table_sets: { hash: string; tables: string; functions: string }
  endpoints: {
    id: string
    /** SPKI DER in base64. */
    public_key: string
    /** `Facts` as JSON; the columns below repeat what lists filter and sort by. */
    facts: string
    hostname: string
    type: 'computer' | 'server'
    platform: 'windows' | 'linux' | 'macOS'
    os_name: string
    os_version: string
    /** All addresses, each between spaces. */
    addresses: string
    /** Who signed in last; empty when nobody is known. */
    person: string
    online: number
    enrolled_at: number
    last_seen_at: number | null
    /** When a second machine last used the key. */
    cloned_at: number | null
    table_set: string | null
    group_id: string | null
  }
  /** `Recording` as JSON. */
  recordings: { endpoint_id: string; recording: string; reported_at: number }
}
