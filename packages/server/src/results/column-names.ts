import type { ColumnType } from '@quarry/schema'
import type { BatchColumn } from '@quarry/schema/agent/query'

/** Names that every row has in front; a column of the query named so gets a number. */
const taken = ['endpointId', 'hostname', 'epName']

/**
 * Gives each column of a device's answer a name of its own: a repeated or reserved one gets `_2`, `_3`, ….
 * The same list always gives the same names, so that the answers of several devices fall into the same columns.
 */
export function distinctNames(columns: readonly BatchColumn[]): BatchColumn[] {
  const used = new Set(taken)
  return columns.map((column, index) => {
    const wanted = column.name === '' ? `column_${index + 1}` : column.name
    let name = wanted
    for (let number = 2; used.has(name); number++) name = `${wanted}_${number}`
    used.add(name)
    return { ...column, name }
  })
}

const whole: readonly ColumnType[] = ['integer', 'bigint', 'unsigned_bigint']

/** Returns the type of a column in which two devices declare different ones. */
export function widen(one: ColumnType, other: ColumnType): ColumnType {
  if (one === other) return one
  if (one === 'text' || other === 'text' || one === 'blob' || other === 'blob') return 'text'
  return whole.includes(one) && whole.includes(other) ? 'bigint' : 'double'
}
