import type { PivotType } from '@quarry/schema'
import type { ConnectorSummary } from '@quarry/schema/endpoints/connectors'

/** A connector that can say something of a file by its hash. */
export interface Source {
  connector: ConnectorSummary
  /** The hash that it is asked by: SHA-256 where it takes it. */
  sent: 'SHA-256' | 'SHA-1'
  /** Whether hashes leave the server when it is asked. */
  leaves: boolean
}

const hashes: readonly [PivotType, Source['sent']][] = [
  ['sha256', 'SHA-256'],
  ['sha1', 'SHA-1'],
]

/** The connectors that can be sources of reputation: those on the server’s own disk first, each by name. */
export function sourcesOf(connectors: readonly ConnectorSummary[]): Source[] {
  const found = connectors.flatMap((connector): Source[] => {
    const sent = hashes.find(([type]) => connector.types.includes(type))?.[1]
    if (connector.kind === 'link' || !sent) return []
    return [{ connector, sent, leaves: connector.kind === 'http' }]
  })
  return found.sort(
    (one, other) =>
      Number(one.leaves) - Number(other.leaves) || one.connector.name.localeCompare(other.connector.name),
  )
}

/** The services that hashes are sent to when these sources are chosen. */
export function receivers(sources: readonly Source[], chosen: readonly string[]): string[] {
  return sources
    .filter(({ connector, leaves }) => leaves && chosen.includes(connector.id))
    .map(({ connector }) => connector.name)
}
