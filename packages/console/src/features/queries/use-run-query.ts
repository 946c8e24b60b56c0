import type { Query, QueryVariable } from '@quarry/schema/endpoints/queries'
import { createRun, listRuns } from '@quarry/schema/endpoints/runs'
import { useNavigate } from '@tanstack/react-router'
import { useAction } from '../../api.ts'
import { useMay } from '../../session.ts'
import { type DeviceSelection, matchOf } from '../targets/device-selection.ts'
import { type Lists, runVariables, type Typed, unready } from '../variables/variable-values.ts'

interface Question {
  saved?: Query
  adHoc?: { name: string; template: string }
  variables: QueryVariable[]
  typed: Typed
  lists: Lists
  devices: DeviceSelection
  wait: number | undefined
  /** Called when somebody wants to run it and a variable is missing or wrong. */
  onUnready: () => void
}

export interface RunAction {
  start: () => void
  busy: boolean
  error: Error | null
  /** Why it cannot be run at all; a sentence. */
  blocked: string | undefined
}

/** Runs a query, saved or as it is typed, and goes to its run. */
export function useRunQuery({
  saved,
  adHoc,
  variables,
  typed,
  lists,
  devices,
  wait,
  onUnready,
}: Question): RunAction {
  const navigate = useNavigate()
  const mayRun = useMay('queries:run')
  const mayAdHoc = useMay('queries:run-ad-hoc')
  const action = useAction(createRun, {
    invalidates: [listRuns],
    onSuccess: (run) => void navigate({ to: '/live-discover/runs/$runId', params: { runId: run.id } }),
  })
  const matchEndpoints = matchOf(devices)
  const blocked = !mayRun
    ? 'Your role reads results, but does not run queries.'
    : adHoc && !mayAdHoc
      ? 'Your role runs saved queries only, not changed ones.'
      : adHoc && adHoc.template.trim() === ''
        ? 'There is no SQL yet.'
        : matchEndpoints === undefined
          ? 'No device is chosen.'
          : undefined
  const start = () => {
    const now = new Date()
    if (blocked || matchEndpoints === undefined || action.isPending) return
    if (unready(variables, typed, now, lists).length > 0) return onUnready()
    action.mutate({
      body: {
        ...(saved
          ? { savedQuery: { queryId: saved.id } }
          : {
              adHocQuery: {
                name: adHoc?.name.trim() || 'Query without a name',
                template: adHoc?.template ?? '',
              },
            }),
        ...(wait && { maxDurationInSeconds: wait }),
        variables: runVariables(variables, typed, now, lists),
        matchEndpoints,
      },
    })
  }
  return { start, busy: action.isPending, error: action.error, blocked }
}
