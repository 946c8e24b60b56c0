import { AppError } from '@quarry/schema'
import type { LinkConnector } from '@quarry/schema/connectors/connector'
import type { EnrichmentPivot } from '@quarry/schema/endpoints/enrichment-pivots'
import type { Connectors, LiveConnector } from './connectors.ts'
import { parseConnector } from './parse-connector.ts'

/** What a client of the Live Discover API writes of a link. */
export interface WrittenPivot {
  name: string
  description: string
  url: string
  type: EnrichmentPivot['type']
}

/** Connectors that are links, as the Live Discover API shows them. */
export function openPivots(connectors: Connectors) {
  const isLink = (live: LiveConnector | undefined) => live?.connector.kind === 'link'

  return {
    list: (type?: string): EnrichmentPivot[] => connectors.list(type).filter(isLink).map(pivotOf),

    /** @throws AppError enrichment_pivot_not_found */
    of(id: string): LiveConnector {
      const live = connectors.list().find((each) => each.id === id)
      if (!live || !isLink(live)) throw new AppError('enrichment_pivot_not_found')
      return live
    },

    /** The definition of a link; its code is made from its name. @throws AppError bad_connector */
    written(pivot: WrittenPivot, code?: string): LinkConnector {
      const free = code ?? freeCode(connectors, pivot.name)
      const description = sentence(pivot.description || pivot.name)
      const { name, url, type } = pivot
      return parseConnector({
        definition: { id: free, kind: 'link', name, description, types: [type], url },
      }) as LinkConnector
    },
  }
}

/** Shows a link connector as the Live Discover API does. */
export function pivotOf({ id, connector, sourceType, createdAt, updatedAt }: LiveConnector): EnrichmentPivot {
  const { name, description, url, types } = connector as LinkConnector
  return {
    id,
    name,
    description,
    url,
    type: types[0]!,
    sourceType,
    ...(createdAt !== undefined && { createdAt: new Date(createdAt).toISOString() }),
    ...(updatedAt !== undefined && { updatedAt: new Date(updatedAt).toISOString() }),
  }
}

function freeCode(connectors: Connectors, name: string): string {
  const bare = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
  const stem = `link_${bare || 'value'}`.slice(0, 34)
  const taken = new Set(connectors.list().map(({ connector }) => connector.id))
  for (let n = 1; ; n++) {
    const code = n === 1 ? stem : `${stem}_${n}`
    if (!taken.has(code)) return code
  }
}

function sentence(text: string): string {
  const trimmed = text.trim()
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  return /^[A-Z0-9`“"]/.test(capital) ? capital.replace(/\.?$/, '.') : `Opens ${trimmed.replace(/\.?$/, '.')}`
}
