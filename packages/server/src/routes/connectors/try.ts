import { randomUUID } from 'node:crypto'
import { tryConnector } from '@quarry/schema/endpoints/connectors'
import type { LiveConnector } from '../../enrichment/connectors.ts'
import { parseConnector } from '../../enrichment/parse-connector.ts'
import { sameHosts } from '../../enrichment/same-hosts.ts'
import { route } from '../../route.ts'

export default route(tryConnector, async (ctx, { body }, who) => {
  const connector = parseConnector(body)
  const { connectors, secrets, test } = ctx.enrichments
  const saved = body.id === undefined ? undefined : connectors.of(body.id)
  // A key that is kept goes to the hosts that it was given for, to no other.
  const keyed = saved && sameHosts(saved.connector, connector) ? saved : undefined
  const secretOf = (name: string) =>
    body.secrets[name] || (keyed ? secrets.open(keyed.id, name) : undefined) || undefined
  const live: LiveConnector = {
    id: saved?.id ?? randomUUID(),
    connector,
    definition: connector,
    settings: {},
    sourceType: 'custom',
    createdAt: undefined,
    updatedAt: undefined,
  }
  await ctx.audit(who, tryConnector.id, saved?.id, { code: connector.id, type: body.type, value: body.value })
  return await test(live, body, secretOf, saved)
})
