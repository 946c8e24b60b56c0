import type { PivotType } from '@quarry/schema'

export interface IocTables {
  ioc_lists: {
    id: string
    name: string
    /** The name in small letters: unique. */
    name_key: string
    description: string
    created_at: number
    /** A `Principal` as JSON. */
    created_by: string
    updated_at: number
  }
  ioc_values: {
    list_id: string
    type: PivotType
    value: string
    added_at: number
  }
}
