import { openSandboxes } from '@quarry/tables/sandbox'
import type { AgentConfig } from './config.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { openDelivery } from './delivery.ts'
import { openDeviceKey } from './device-key.ts'
import { enrolPatiently } from './enrolment.ts'
import { readFacts } from './facts/facts.ts'
import { type Identity, readIdentity, writeIdentity } from './identity.ts'
import { type Order, openLink, type Refusal } from './link.ts'
import { tablesMessage } from './load-tables.ts'
import { type Log, openLog } from './log.ts'
import { type Outbox, openOutbox } from './outbox/outbox.ts'
import { readPolicy } from './policy.ts'
import { openRunner } from './runner.ts'
import { messageOf, StartError } from './start-error.ts'
import { agentVersion } from './version.ts'

export type { AgentConfig } from './config.ts'
export { StartError } from './start-error.ts'

export interface Agent {
  readonly endpointId: string
  /** Process ids of the sandboxes. */
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
  try {
    const policy = readPolicy(folder.file('policy.json'))
    const key = openDeviceKey(folder.file('device-key.pem'))
    outbox = openOutbox(folder.file('outbox.db'), { maxBytes: policy.outboxBytes })
    const enrol = enroller(config, folder, key.publicKey, log)
    const known = readIdentity(folder.file('identity.json'))
    const identity = known ? { ...known, server: config.server ?? known.server } : await enrol(signal)
    return run({ config, folder, log, policy, key, outbox, enrol, identity })
  } catch (error) {
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

interface Parts {
  config: AgentConfig
  folder: DataFolder
  log: Log
  policy: ReturnType<typeof readPolicy>
  key: ReturnType<typeof openDeviceKey>
  outbox: Outbox
  enrol: Enrol
  identity: Identity
}

/** Days after which a run is forgotten; a run itself lasts 7 days at most. */
const keptMillis = 8 * 24 * 3_600_000

function run(parts: Parts): Agent {
  const { config, folder, log, policy, key, outbox } = parts
  let { identity } = parts
  const stopping = new AbortController()
  const openEngine = () =>
    openSandboxes({
      host: {
        dataDirs: [folder.path, ...(config.hiddenFolders ?? [])],
        cacheDir: folder.cache,
        identity: { endpointId: identity.endpointId, tenantId: identity.tenantId, agentVersion },
      },
    })
  let engine = openEngine()
  const delivery = openDelivery(outbox)
  let send: ((frame: string) => void) | undefined
  let tables: string | undefined

  const runner = openRunner({
    get engine() {
      return engine
    },
    outbox,
    delivery,
    policy,
    log,
    started: (runId) => send?.(JSON.stringify({ type: 'started', runId })),
  })

  function order(order: Order) {
    if (order.type === 'query') runner.query(order)
    else if (order.type === 'cancel') runner.cancel(order.runId)
    else delivery.acknowledged(order.runId, order.sequence)
  }
  async function sendTables() {
    try {
      tables ??= await tablesMessage(folder.cache, stopping.signal)
      send?.(tables)
    } catch (error) {
      if (!stopping.signal.aborted) log.error(`The tables cannot be described: ${messageOf(error)}`)
    }
  }
  async function refusal({ code }: Refusal): Promise<boolean> {
    if (code !== 'unknown_device') return false
    if (!config.enrolmentToken) {
      log.error('The server no longer knows this device; start the agent with a new QUARRY_ENROLMENT_TOKEN.')
      return false
    }
    try {
      const before = identity.endpointId
      identity = await parts.enrol(stopping.signal)
      if (identity.endpointId === before) return true
      // Another device to the server: it knows nothing of the runs that this one was asked before.
      outbox.forget(Number.MAX_SAFE_INTEGER)
      const old = engine
      engine = openEngine()
      await old.close()
      return true
    } catch (error) {
      if (!stopping.signal.aborted) log.error(messageOf(error))
      return false
    }
  }

  const link = openLink({
    endpointId: () => identity.endpointId,
    server: identity.server,
    ca: config.ca,
    answer: key.answer,
    facts: readFacts,
    log,
    up(next) {
      send = next
      delivery.connect(next)
      void sendTables()
    },
    down() {
      send = undefined
      delivery.connect(undefined)
    },
    order,
    refusal,
  })
  const upkeep = setInterval(() => {
    try {
      outbox.storeHeld()
      for (const runId of outbox.forget(Date.now() - keptMillis))
        log.warn({ runId }, 'Rows that the server never took are given up after 8 days')
    } catch (error) {
      log.error(`The outbox cannot be tidied: ${messageOf(error)}`)
    }
  }, 30_000)

  return {
    get endpointId() {
      return identity.endpointId
    },
    pids: () => engine.pids(),
    async close() {
      clearInterval(upkeep)
      stopping.abort(new Error('the agent stops'))
      link.close()
      await Promise.all([runner.stop(), engine.close()])
      outbox.close()
      folder.close()
    },
  }
}
