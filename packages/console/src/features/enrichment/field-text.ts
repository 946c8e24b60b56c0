import type { EnrichmentField } from '@quarry/schema/endpoints/connectors'
import type { FieldValue } from '@quarry/schema/endpoints/enrichments'
import { formatLocal } from '../../components/cells/format-time.ts'

/** Writes the value of a field for people: a time as here, a list with commas, yes and no. */
export function fieldText(type: EnrichmentField['type'], value: FieldValue): string {
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (type === 'time' && typeof value === 'string') {
    const date = new Date(value)
    // A date without a time of day is that date everywhere.
    if (value.endsWith('T00:00:00.000Z')) return value.slice(0, 10)
    return Number.isNaN(date.getTime()) ? value : formatLocal(date)
  }
  if (type === 'integer' && typeof value === 'number' && Math.abs(value) >= 100_000)
    return value.toLocaleString('en')
  return String(value)
}
