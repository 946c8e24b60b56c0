import type { Run, RunInput } from '@quarry/schema/endpoints/runs'

type Given = NonNullable<RunInput['variables']>[number]

/** What starts a run anew: the same query or SQL, the same values, the same devices. */
export function rerunInput(run: Run): RunInput {
  const { query, name, template, variables, maxDurationInSeconds, matchEndpoints } = run
  return {
    ...(query ? { savedQuery: { queryId: query.id } } : { adHocQuery: { name, template } }),
    variables: variables.flatMap(({ name: variable, dataType, pivotType, value, list }): Given[] => {
      const of = { name: variable, dataType, ...(pivotType && { pivotType }) }
      if (list) return [{ ...of, listOfRun: run.id }]
      return value === undefined ? [] : [{ ...of, value }]
    }),
    ...(run.origin && { origin: run.origin }),
    maxDurationInSeconds,
    matchEndpoints,
  }
}
