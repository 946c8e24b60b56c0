import type { PivotType } from '@quarry/schema'
import type { Connector } from '@quarry/schema/connectors/connector'
import type { Ground } from '../context.ts'
import { openCache } from './cache.ts'
import { type ConnectorSettings, type LiveConnector, openConnectors } from './connectors.ts'
import { openEnrich } from './enrich.ts'
import { openGroupWrites } from './group-writes.ts'
import { openAskService } from './http/ask-service.ts'
import { openNetwork } from './http/network.ts'
import { openLanes } from './lanes.ts'
import { openOffline } from './offline/open-offline.ts'
import { writeConnector } from './parse-connector.ts'
import { openPivots } from './pivots.ts'
import { openRunMarkings } from './run-markings.ts'
import { sameHosts } from './same-hosts.ts'
import { openSecrets } from './secrets.ts'
import { quotaOf, unready } from './state-of.ts'
import { summaryOf } from './summary-of.ts'
import { testConnector } from './test-connector.ts'
import { openUpkeep } from './upkeep.ts'

export type Enrichments = Awaited<ReturnType<typeof openEnrichments>>

/** Everything about enrichment: the connectors, their secrets, their lanes, and the asking. */
export async function openEnrichments(ground: Ground) {
  const writes = openGroupWrites(ground.db)
  const network = openNetwork(ground.config.connectTo)
  const connectors = await openConnectors(ground)
  const secrets = await openSecrets(ground)
  const offline = openOffline(ground)
  const { files } = offline
  const lanes = await openLanes(ground, writes)
  const cache = openCache(ground, writes)
  const ask = openAskService(network)
  const upkeep = openUpkeep(ground, writes)
  const parts = { connectors, secrets, files, offline, lanes, cache, ask }
  ground.closing.addEventListener('abort', () => lanes.close())
  ground.onClosed.push(async () => {
    network.close()
    await writes.settled()
  })
  return {
    ...parts,
    upkeep,
    markings: openRunMarkings(ground),
    pivots: openPivots(connectors),
    enrich: openEnrich({ ...parts, unready: (live) => unready(parts, live) }),
    summary: (live: LiveConnector) => summaryOf(parts, live),
    detail: (live: LiveConnector) => ({
      ...summaryOf(parts, live),
      definition: { ...live.definition },
      yaml: writeConnector(live.definition),
    }),
    quota: (live: LiveConnector) => quotaOf(parts, live),

    /** Asks about one value; it counts in the lane of `counted`, a saved connector. */
    test: (
      live: LiveConnector,
      value: { type: PivotType; value: string },
      secretOf: (name: string) => string | undefined,
      counted: LiveConnector | undefined,
    ) =>
      testConnector(
        parts,
        live,
        value,
        secretOf,
        counted && (() => lanes.of(counted).reserve(ground.closing)),
      ),

    /**
     * Changes a connector. With other hosts its secrets are forgotten: they were given for those before.
     * @throws AppError as `connectors.update`
     */
    async update(id: string, settings: ConnectorSettings, definition?: Connector) {
      const before = connectors.of(id)
      const live = await connectors.update(id, settings, definition)
      const secretsForgotten = definition !== undefined && !sameHosts(before.definition, definition)
      if (secretsForgotten) await secrets.forget(id)
      return { live, secretsForgotten }
    },

    /** @throws AppError connector_not_found or canned_connector */
    async remove(id: string): Promise<LiveConnector> {
      const removed = await connectors.remove(id)
      lanes.forget(id)
      await secrets.forget(id)
      await cache.forget(id)
      return removed
    },
  }
}
