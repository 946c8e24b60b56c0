import { setTimeout as sleep } from 'node:timers/promises'
import { ask, type Quarry, startQuarry, waitForDevices } from '@quarry/devkit'
import type { Recording } from '@quarry/schema/agent/recording'
import { getRecording, listEndpoints } from '@quarry/schema/endpoints/endpoints'
import type { ResultItem } from '@quarry/schema/endpoints/run-results'

/** Asks the only device of a Quarry until it has the answer: an event is visible within a second. */
export interface DeviceAnswers {
  /** The rows of a query, once there are so many. @throws after 40 s, as the others do. */
  rows(sql: string, count?: number): Promise<ResultItem[]>
  /** The first row of a query, once there is one. */
  row(sql: string): Promise<ResultItem>
  /** What the device told of its recording, once `test` holds for it. */
  told(test: (recording: Recording) => boolean): Promise<Recording>
  /** Waits until the recorder has begun at this time or later, in milliseconds since 1970. */
  begun(since: number): Promise<void>
}

/** A whole Quarry whose only device records, for tests. */
export interface RecordingDevice extends DeviceAnswers, AsyncDisposable {
  readonly quarry: Quarry
  /** Ends the agent and starts it again, with other sources where some are given. Resolves when it records. */
  restart(sources?: string[], signal?: NodeJS.Signals): Promise<void>
}

/** For a machine that is busy with much else. */
const patience = 40_000
const starts = "SELECT * FROM sophos_system_journal WHERE time > 0 AND event_type = 'recording_started'"

/** Starts it; resolves when it records. @param sources the event sources that may be used; all without */
export async function startRecordingDevice(sources?: string[]): Promise<RecordingDevice> {
  const agentEnv: Record<string, string> = { QUARRY_RECORDING: 'on', ...only(sources) }
  const began = Date.now()
  const quarry = await startQuarry({ agents: 1, agentEnv })
  const answers = answersOf(quarry)
  try {
    await answers.begun(began)
  } catch (error) {
    await quarry[Symbol.asyncDispose]()
    throw error
  }
  return {
    ...answers,
    quarry,
    async restart(sources, signal = 'SIGTERM') {
      Object.assign(agentEnv, only(sources))
      await quarry.agents[0]!.stop(signal)
      const began = Date.now()
      await quarry.restartAgent(0)
      await answers.begun(began)
    },
    [Symbol.asyncDispose]: () => quarry[Symbol.asyncDispose](),
  }
}

const only = (sources: string[] | undefined): Record<string, string> =>
  sources ? { QUARRY_SENSORS: sources.join(',') } : {}

export function answersOf({ call }: Quarry): DeviceAnswers {
  const answers: DeviceAnswers = {
    rows: (sql, count = 1) =>
      eventually(
        async () => {
          const { rows } = await ask(call, sql)
          return rows.length >= count ? rows : undefined
        },
        `${count} rows of ${sql.slice(0, 300)}`,
      ),
    row: async (sql) => (await answers.rows(sql))[0]!,
    told: (test) =>
      eventually(async () => {
        const { items } = await call(listEndpoints, { query: {} })
        const { recording } = await call(getRecording, { params: { id: items[0]!.id } })
        return recording && test(recording) ? recording : undefined
      }, 'such a recording'),
    async begun(since) {
      await waitForDevices(call, 1)
      await answers.rows(`${starts} AND time_ms >= ${since}`)
    },
  }
  return answers
}

async function eventually<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const end = performance.now() + patience
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`There was not ${what}`)
    await sleep(100)
  }
}
