import type { AgentConfig } from './config.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { openDeviceKey } from './device-key.ts'
import { enrolPatiently } from './enrolment.ts'
import { readFacts } from './facts/facts.ts'
import { type Identity, readIdentity, writeIdentity } from './identity.ts'
import { type Log, openLog } from './log.ts'
import { type Outbox, openOutbox } from './outbox/outbox.ts'
import { readPolicy } from './policy.ts'
import { type AgentRecording, openRecording } from './recorder/recording.ts'
import { openSession } from './session.ts'
import { StartError } from './start-error.ts'

export type { AgentConfig } from './config.ts'
export { StartError } from './start-error.ts'

export interface Agent {
  readonly endpointId: string
  /** Process ids of the sandboxes and the recorder. */
  pids(): number[]
  /** Stops within a second or two; what the server has not got stays on disk for the next start. */
  close(): Promise<void>
}

/**
 * Starts an agent in this process: locks its folder, enrols where needed, holds the link and answers queries.
 * Resolves once the device is enrolled, whether or not the link is up.
 * @param signal breaks off an enrolment that waits for its server.
 * @throws StartError with a sentence for a person.
 */
export async function startAgent(config: AgentConfig, signal?: AbortSignal): Promise<Agent> {
  const log = openLog(config.logLevel)
  const folder = openDataFolder(config.dataFolder)
  let outbox: Outbox | undefined
  let recording: AgentRecording | undefined
  try {
    const policy = readPolicy(folder.file('policy.json'))
    const key = openDeviceKey(folder.file('device-key.pem'))
    outbox = openOutbox(folder.file('outbox.db'), { maxBytes: policy.outboxBytes })
    const enrol = enroller(config, folder, key.publicKey, log)
    // Before the enrolment, which may have to wait for its server for long.
    recording = openRecording(config, policy, folder, log)
    const known = readIdentity(folder.file('identity.json'))
    const first = known ? { ...known, server: config.server ?? known.server } : await enrol(signal)
    return keepSession({ config, folder, log, policy, key, outbox, recording, enrol }, first)
  } catch (error) {
    await recording?.close()
    outbox?.close()
    folder.close()
    throw error
  }
}

type Enrol = (signal?: AbortSignal) => Promise<Identity>

function enroller(config: AgentConfig, folder: DataFolder, publicKey: string, log: Log): Enrol {
  return async (signal) => {
    const { server, enrolmentToken: token, ca } = config
    if (!server || !token)
      throw new StartError(
        'This device is not enrolled: set QUARRY_SERVER to the address of the server and QUARRY_ENROLMENT_TOKEN to a token from its page "Devices".',
      )
    const facts = readFacts()
    const identity = await enrolPatiently({ server, token, publicKey, facts, ca, signal }, log)
    writeIdentity(folder.file('identity.json'), identity)
    log.info({ endpointId: identity.endpointId }, `Enrolled at ${server}`)
    return identity
  }
}

type Parts = Omit<Parameters<typeof openSession>[0], 'identity' | 'renewed'>

/** Keeps one session open; a new one takes over when the device becomes another one to its server. */
function keepSession(parts: Parts, first: Identity): Agent {
  const { outbox, folder, recording } = parts
  let identity = first
  let session = open()
  let changing = Promise.resolve()
  let closed = false

  function open() {
    const renewed = (next: Identity) => {
      changing = renew(next)
    }
    return openSession({ ...parts, identity, renewed })
  }
  async function renew(next: Identity) {
    await session.close()
    if (closed) return
    // The server knows nothing of the runs that the device was asked under its old id.
    outbox.forget(-1)
    identity = next
    session = open()
  }
  return {
    get endpointId() {
      return identity.endpointId
    },
    pids: () => [...session.pids(), ...recording.pids()],
    async close() {
      if (closed) return
      closed = true
      await changing
      await Promise.all([session.close(), recording.close()])
      outbox.close()
      folder.close()
    },
  }
}
