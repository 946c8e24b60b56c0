import type { RunEndpointStatus, RunResult, RunStatus } from '@quarry/schema/endpoints/runs'
import type { z } from 'zod'

export type Result = z.infer<typeof RunResult>

export interface RunTables {
  runs: {
    id: string
    query_id: string | null
    query_name: string | null
    category_id: string | null
    category_name: string | null
    name: string
    template: string
    /** The template with its variables filled in: what devices run. */
    sql: string
    /** JSON, as are the next four. */
    variables: string
    /** What the query says of its columns, at the time of the run. */
    columns: string
    /** Sensitive tables that whoever asked may read. */
    readable: string
    match: string
    status: z.infer<typeof RunStatus>
    result: Result
    created_at: number
    created_by_type: 'user' | 'service'
    created_by_id: string
    created_by_name: string
    max_seconds: number
    deadline_at: number
    finished_at: number | null
    /** Counts, performance and warnings once the run has ended, as JSON; before, they are counted anew each time. */
    summary: string | null
    results_expired: number
    /** The lists of its variables, as JSON: values by name. */
    lists: string | null
    /** The run that it was asked from, and the `RunOrigin` as JSON. */
    origin_run_id: string | null
    origin: string | null
    resumed_at: number | null
  }
  run_endpoints: {
    run_id: string
    endpoint_id: string
    /** As they were when the run was made; so are type and platform. */
    hostname: string
    type: 'computer' | 'server'
    platform: 'windows' | 'linux' | 'macOS'
    status: z.infer<typeof RunEndpointStatus>
    result: Result
    rows: number
    bytes: number
    started_at: number | null
    finished_at: number | null
    wall_millis: number | null
    cpu_millis: number | null
    paused_millis: number | null
    peak_memory: number | null
    warnings: string
    error: string | null
    /** Where the query can go on, as JSON. */
    continuation: string | null
    /** Its latest leg, and where that one began. */
    leg_id: string | null
    leg_from: string | null
  }
  /** What devices were sent so that a run goes on, each under an id of its own. */
  run_legs: {
    id: string
    run_id: string
    endpoint_id: string
    /** Batches of the device that had come before. */
    base: number
  }
}
