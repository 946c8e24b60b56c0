import type { Recording } from '@quarry/schema/agent/recording'

/** What the recorder is started with. */
export interface RecorderSetup {
  /** Folder of the journals. */
  journals: string
  /** Folder where sensors keep what they changed on the host, to put it back. */
  state: string
  /** Folder of the hash cache. */
  cache: string
  /** Folder of the boot time that every `sophos_pid` counts from; null for none. */
  anchor: string | null
  /** Names of the event sources that may be used; all when left out. */
  only?: string[]
  /** Events that may come each second for ever, before the least valuable are shed. */
  eventsPerSecond: number
}

/** From the agent to its recorder. */
export type ToRecorder =
  | { type: 'setup'; setup: RecorderSetup }
  /** The agent has started this process for somebody: it is recorded, with this origin. */
  | { type: 'mark'; pid: number; origin: string }

/** From the recorder to the agent. */
export type FromRecorder =
  | { type: 'status'; recording: Recording }
  | { type: 'log'; level: 'info' | 'warn' | 'error'; message: string }
  /** It cannot record, and ends. */
  | { type: 'failed'; reason: string }
