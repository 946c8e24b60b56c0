import type { PivotType } from '@quarry/schema'
import { typesOf } from '@quarry/schema/connectors/connector'
import type { ConnectorSummary, EnrichmentField } from '@quarry/schema/endpoints/connectors'
import type { LiveConnector } from './connectors.ts'
import type { Lanes } from './lanes.ts'
import type { Files } from './offline/files.ts'
import type { Secrets } from './secrets.ts'
import { quotaOf, stateOf } from './state-of.ts'

/** Describes a connector for the API; which secrets are set, never what they are. */
export function summaryOf(
  parts: { secrets: Secrets; files: Files; lanes: Lanes },
  live: LiveConnector,
): ConnectorSummary {
  const { id, connector, settings, sourceType, updatedAt } = live
  const http = connector.kind === 'http' ? connector : undefined
  const quota = quotaOf(parts, live)
  return {
    id,
    code: connector.id,
    name: connector.name,
    description: connector.description,
    ...(connector.homepage !== undefined && { homepage: connector.homepage }),
    kind: connector.kind,
    types: typesOf(connector),
    sourceType,
    enabled: settings.enabled !== false,
    tlp: connector.tlp,
    state: stateOf(parts, live),
    plainHttp: http?.lookups.some(({ request }) => request.url.startsWith('http:')) ?? false,
    secrets: Object.entries(http?.secrets ?? {}).map(([name, { label, description, required }]) => {
      const setAt = parts.secrets.setAt(id, name)
      return {
        name,
        label,
        required,
        set: setAt !== undefined,
        ...(description !== undefined && { description }),
        ...(setAt !== undefined && { setAt: new Date(setAt).toISOString() }),
      }
    }),
    ...(http && {
      limits: {
        requests: http.limits.requests,
        perSeconds: http.limits.perSeconds,
        ...(http.limits.perDay !== undefined && { perDay: http.limits.perDay }),
      },
      cacheSeconds: http.cache.seconds,
    }),
    ...(quota && { quota }),
    ...('file' in connector && { file: connector.file }),
    ...(connector.kind === 'link' && { url: connector.url }),
    fields: allFields(live),
    ...(updatedAt !== undefined && { updatedAt: new Date(updatedAt).toISOString() }),
  }
}

function allFields({ connector }: LiveConnector): ConnectorSummary['fields'] {
  if (connector.kind === 'link') return []
  const fields = new Map<string, ConnectorSummary['fields'][number]>()
  for (const { types, response } of connector.lookups) {
    for (const [name, { label, type, pivotType }] of Object.entries(response.fields)) {
      const found = fields.get(name)
      if (found) found.types = [...new Set([...found.types, ...types])]
      else fields.set(name, { name, label, type, ...(pivotType && { pivotType }), types })
    }
  }
  return [...fields.values()]
}

/** The fields that answers about one type of value have. */
export function fieldsFor(live: LiveConnector, type: PivotType): EnrichmentField[] {
  return allFields(live)
    .filter(({ types }) => types.includes(type))
    .map(({ types: _, ...field }) => field)
}
