import type { Generated } from 'kysely'

export interface AuditTables {
  audit: {
    id: Generated<number>
    at: number
    principal_type: 'user' | 'service' | 'system' | 'nobody'
    principal_id: string | null
    principal_name: string
    action: string
    target: string | null
    /** JSON object. */
    detail: string
    address: string | null
  }
}
