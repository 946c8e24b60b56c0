import type { Run, RunInput } from '@quarry/schema/endpoints/runs'

/** What starts a run anew: the same query or SQL, the same values, the same devices. */
export function rerunInput(run: Run): RunInput {
  const { query, name, template, variables, maxDurationInSeconds, matchEndpoints } = run
  return {
    ...(query ? { savedQuery: { queryId: query.id } } : { adHocQuery: { name, template } }),
    variables: variables.flatMap(({ value, description: _, ...variable }) =>
      value === undefined ? [] : [{ ...variable, value }],
    ),
    maxDurationInSeconds,
    matchEndpoints,
  }
}
