import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { findVariables } from '@quarry/sql'

/** Names of the variables that the SQL uses and nobody declared, in the order of their first use. */
export function undeclared(template: string, variables: readonly QueryVariable[]): string[] {
  const known = new Set(variables.map(({ name }) => name.trim()))
  return [...new Set(findVariables(template).map(({ name }) => name))].filter((name) => !known.has(name))
}

/** The declared variables, and after them each that the SQL uses besides, as a text that needs a value. */
export function withUndeclared(template: string, variables: readonly QueryVariable[]): QueryVariable[] {
  return [
    ...variables,
    ...undeclared(template, variables).map((name) => ({ name, dataType: 'text' as const })),
  ]
}

/** Names of the declared variables that the SQL does not use. */
export function unused(template: string, variables: readonly QueryVariable[]): string[] {
  const used = new Set(findVariables(template).map(({ name }) => name))
  return variables.map(({ name }) => name.trim()).filter((name) => !used.has(name))
}
