import type { Pivot } from '@quarry/schema/endpoints/pivots'
import type { RunInput } from '@quarry/schema/endpoints/runs'
import type { Scope } from './scopes.ts'
import type { Subject } from './subject.ts'

/** The run that takes the cells of a run into the next question. */
export function pivotInput(runId: string, pivot: Pivot, subject: Subject, scope: Scope): RunInput {
  const { column, type, values, rows } = subject
  const [first = ''] = values
  const devices = new Set(rows.map((row) => row.endpointId))
  const [device] = devices
  return {
    savedQuery: { queryId: pivot.queryId },
    variables: [
      {
        name: pivot.variable,
        dataType: 'text',
        ...(values.length === 1 ? { value: first } : { values: [...values] }),
        ...(type && { pivotType: type }),
      },
    ],
    matchEndpoints: scope.match,
    origin: {
      runId,
      column: column.name,
      value: first.slice(0, 2000),
      count: values.length,
      ...(devices.size === 1 && typeof device === 'string' && { endpointId: device }),
    },
  }
}
