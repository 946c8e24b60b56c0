import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import type { RunInput } from '@quarry/schema/endpoints/runs'
import { momentOf } from './relative-date.ts'

/** What was typed for each variable, by its name, as it stands in the address. Nothing typed means the default. */
export type Typed = Record<string, string>

/** Ids of the IOC lists that variables stand for, by name, as in the address; '' while none is chosen. */
export type Lists = Record<string, string>

type RunVariable = NonNullable<RunInput['variables']>[number]

/**
 * Says in a sentence why what was typed cannot be used.
 * @returns undefined when it can, also when it is empty and the variable has a default
 */
export function problemOf(variable: QueryVariable, typed: string | undefined, now: Date): string | undefined {
  if (typed === undefined || typed === '')
    return variable.value === undefined || (variable.value === '' && variable.dataType !== 'text')
      ? 'A value is needed.'
      : undefined
  const text = typed.trim()
  switch (variable.dataType) {
    case 'text':
      return typed.includes('\0') ? 'A NUL character cannot be part of a value.' : undefined
    case 'integer':
      return isInteger64(text) ? undefined : 'This must be a whole number.'
    case 'double':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)
        ? undefined
        : 'This must be a number, such as 0.5.'
    case 'boolean':
      return /^(true|false|1|0)$/i.test(text) ? undefined : 'This must be yes or no.'
    case 'dateTime':
      return momentOf(text, now) ? undefined : 'This must be a date and time, or a distance such as -24h.'
  }
}

function isInteger64(text: string): boolean {
  if (!/^[+-]?\d{1,20}$/.test(text)) return false
  const value = BigInt(text)
  return BigInt.asIntN(64, value) === value
}

/** Makes the variables of a run from what was typed; those left empty are not sent, so that their defaults count. */
export function runVariables(
  variables: readonly QueryVariable[],
  typed: Typed,
  now: Date,
  lists: Lists = {},
): RunVariable[] {
  return variables.flatMap((variable): RunVariable[] => {
    const { name, dataType, pivotType } = variable
    const kind = { name, dataType, ...(pivotType && { pivotType }) }
    if (lists[name]) return [{ ...kind, listId: lists[name] }]
    const text = typed[name]
    if (text === undefined || text === '') return []
    const value =
      variable.dataType === 'text'
        ? text
        : variable.dataType === 'dateTime'
          ? (momentOf(text, now)?.toISOString() ?? text)
          : text.trim()
    return [{ ...kind, value }]
  })
}

/** Names of the variables that keep the query from running. */
export function unready(
  variables: readonly QueryVariable[],
  typed: Typed,
  now: Date,
  lists: Lists = {},
): string[] {
  return variables
    .filter((variable) => {
      const listId = lists[variable.name]
      return listId === undefined ? problemOf(variable, typed[variable.name], now) : listId === ''
    })
    .map(({ name }) => name)
}
