import { anchorFolder } from '../anchor-folder.ts'
import type { AgentConfig } from '../config.ts'
import type { DataFolder } from '../data-folder.ts'
import type { Log } from '../log.ts'
import type { Policy } from '../policy.ts'
import { openRecorderProcess } from './recorder-process.ts'
import { openRecordingMessages } from './recording-messages.ts'

/** Recording, as the rest of the agent sees it. */
export interface AgentRecording {
  pids(): number[]
  /**
   * Says that the agent has started this process for somebody (`live_response`, `scan`): it and what it starts are recorded, with this
   * origin. To be called as soon as its id is known.
   */
  markOrigin(pid: number, origin: string): void
  /** Tells the server how the device records, from now on over this link; undefined when the link is down. */
  connect(send: ((frame: string) => void) | undefined): void
  close(): Promise<void>
}

/** Starts the recorder, unless the device's owner or the configuration says not to. Its journals lie in `journals` of the agent's folder. */
export function openRecording(
  config: AgentConfig,
  policy: Policy,
  folder: DataFolder,
  log: Log,
): AgentRecording {
  const off = whyOff(config, policy)
  const recorder =
    off === undefined
      ? openRecorderProcess({
          journals: folder.file('journals'),
          state: folder.file('sensors'),
          cache: folder.cache,
          anchor: anchorFolder(folder.cache),
          eventsPerSecond: policy.recordedPerSecond,
          ...(config.sensorSources && { only: config.sensorSources }),
          log,
        })
      : undefined
  const messages = openRecordingMessages(recorder, off ?? '')
  return {
    pids: () => recorder?.pids() ?? [],
    markOrigin: (pid, origin) => recorder?.markOrigin(pid, origin),
    connect: messages.connect,
    async close() {
      messages.close()
      await recorder?.close()
    },
  }
}

function whyOff(config: AgentConfig, policy: Policy): string | undefined {
  if (!policy.recording) return 'The policy of this device forbids recording.'
  if (config.recording === false) return 'Recording is turned off by QUARRY_RECORDING.'
  return undefined
}
