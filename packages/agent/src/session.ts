import { openSandboxes } from '@quarry/tables/sandbox'
import { anchorFolder } from './anchor-folder.ts'
import type { AgentConfig } from './config.ts'
import type { DataFolder } from './data-folder.ts'
import { openDelivery } from './delivery.ts'
import type { DeviceKey } from './device-key.ts'
import { readFacts } from './facts/facts.ts'
import { openFileReputation } from './file-reputation.ts'
import type { Identity } from './identity.ts'
import { type Order, openLink, type Refusal } from './link.ts'
import { tablesMessage } from './load-tables.ts'
import type { Log } from './log.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { Policy } from './policy.ts'
import type { AgentRecording } from './recorder/recording.ts'
import { openMemoryReturn } from './return-memory.ts'
import { openRunner } from './runner.ts'
import { followPackages } from './scorer/follow-packages.ts'
import { openScorer } from './scorer/scorer-process.ts'
import { messageOf } from './start-error.ts'
import { tablesModule } from './tables-module.ts'
import { openUpkeep } from './upkeep.ts'
import { agentVersion } from './version.ts'

export interface SessionParts {
  config: AgentConfig
  folder: DataFolder
  log: Log
  policy: Policy
  key: DeviceKey
  outbox: Outbox
  recording: AgentRecording
  /** Enrols anew with the token of the configuration. @throws StartError without one. */
  enrol: (signal: AbortSignal) => Promise<Identity>
  identity: Identity
  /** The server gave the device another id: this session is over. */
  renewed: (identity: Identity) => void
}

export interface Session {
  pids(): number[]
  close(): Promise<void>
}

/** The machine may be starting; a query that comes sooner does the work itself. */
const prepareMillis = 10_000

/** The agent at work under one identity: the sandboxes, the runner, the outbox and the link, joined. */
export function openSession(parts: SessionParts): Session {
  const { config, folder, log, policy, key, outbox, recording, identity } = parts
  const { endpointId, tenantId, server } = identity
  const stopping = new AbortController()
  const dataDirs = [folder.path, ...(config.hiddenFolders ?? [])]
  const engine = openSandboxes({
    tables: tablesModule,
    host: {
      dataDirs,
      cacheDir: folder.cache,
      anchorDir: anchorFolder(folder.cache),
      journalDir: folder.file('journals'),
      network: policy.networkTables || config.networkTables === true,
      identity: { endpointId, tenantId, agentVersion, pid: process.pid, startTime: startedAt() },
    },
  })
  const delivery = openDelivery(outbox, log)
  let send: ((frame: string) => void) | undefined
  let tables: string | undefined
  let cautious = false

  const runner = openRunner({
    engine,
    outbox,
    delivery,
    policy,
    log,
    started: (runId) => send?.(JSON.stringify({ type: 'started', runId })),
  })

  const memory = openMemoryReturn()
  const reputation = openFileReputation(folder.cache, log)
  const scorer = openScorer({ cacheDir: folder.cache, dataDirs, log })
  const packages = followPackages(() => scorer.prepare())
  const prepare = setTimeout(() => scorer.prepare(), prepareMillis)
  prepare.unref()

  function order(order: Order) {
    memory.busy()
    try {
      if (order.type === 'reputation.put') return reputation.put(order.files)
      if (order.type === 'reputation.reset') return reputation.reset()
      if (order.type === 'query') reputation.hurry()
      if (order.type !== 'ack') delivery.asked(order.runId)
      if (order.type === 'query') runner.query(order)
      else if (order.type === 'cancel') runner.cancel(order.runId)
      else delivery.acknowledged(order.runId, order.sequence)
    } catch (error) {
      const about = 'runId' in order ? { runId: order.runId } : {}
      log.error(about, `The order "${order.type}" failed: ${messageOf(error)}`)
    }
  }
  async function sendTables() {
    try {
      tables ??= await tablesMessage(folder.cache, stopping.signal)
      send?.(tables)
    } catch (error) {
      if (!stopping.signal.aborted) log.error(`The tables cannot be described: ${messageOf(error)}`)
    }
  }
  /** Says whether the device may try again at once. */
  async function refusal({ code }: Refusal): Promise<boolean> {
    if (code === 'bad_message' && !cautious) {
      // Perhaps a run that this server does not know, since its data was restored: it would refuse every link for it.
      cautious = true
      return true
    }
    if (code !== 'unknown_device') return false
    if (!config.enrolmentToken) {
      log.error('The server no longer knows this device; start the agent with a new QUARRY_ENROLMENT_TOKEN.')
      return false
    }
    try {
      const next = await parts.enrol(stopping.signal)
      if (next.endpointId === endpointId) return true
      parts.renewed(next)
    } catch (error) {
      if (!stopping.signal.aborted) log.error(messageOf(error))
    }
    return false
  }

  const link = openLink({
    endpointId,
    server,
    ca: config.ca,
    answer: key.answer,
    facts: readFacts,
    log,
    up(next) {
      send = next
      memory.busy()
      delivery.connect(next, cautious)
      void sendTables()
      recording.connect(next)
      reputation.connect(next)
    },
    down() {
      send = undefined
      recording.connect(undefined)
      reputation.connect(undefined)
      delivery.connect(undefined)
    },
    order,
    refusal,
  })
  const upkeep = openUpkeep(outbox, log)

  return {
    pids: () => [...engine.pids(), ...scorer.pids()],
    async close() {
      upkeep.close()
      memory.close()
      reputation.close()
      clearTimeout(prepare)
      packages.close()
      scorer.close()
      stopping.abort(new Error('the agent stops'))
      link.close()
      await Promise.all([runner.stop(), engine.close()])
    },
  }
}

/** When this process started, in unix seconds. */
const startedAt = () => Math.floor(Date.now() / 1000 - process.uptime())
