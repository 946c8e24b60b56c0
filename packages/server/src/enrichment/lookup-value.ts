import { createHash } from 'node:crypto'
import type { PivotType } from '@quarry/schema'
import type { HttpConnector, HttpLookup, Lookup } from '@quarry/schema/connectors/connector'
import { askWithRetries } from './ask-with-retries.ts'
import type { Cache, Kept } from './cache.ts'
import type { LiveConnector } from './connectors.ts'
import type { AskService } from './http/ask-service.ts'
import type { Lanes } from './lanes.ts'
import { mapAnswer } from './map-answer.ts'
import type { Secrets } from './secrets.ts'

interface Parts {
  cache: Cache
  lanes: Lanes
  secrets: Secrets
  ask: AskService
}

/** One value of one connector, checked. */
export interface Question {
  live: LiveConnector
  type: PivotType
  value: string
  lookup: Lookup
}

/** Hash of the part of a definition on which an answer depends. */
export function fingerprint(part: object): string {
  const known = fingerprints.get(part)
  if (known !== undefined) return known
  const made = createHash('sha256').update(JSON.stringify(part)).digest('base64url').slice(0, 22)
  fingerprints.set(part, made)
  return made
}
const fingerprints = new WeakMap<object, string>()

/** Asks a service about a value, in its lane, and keeps the answer before it is told. */
export async function lookUp(
  parts: Parts,
  { live, type, value, lookup }: Question,
  signal: AbortSignal,
): Promise<Kept> {
  const connector = live.connector as HttpConnector
  const secretOf = (name: string) => parts.secrets.open(live.id, name)
  const lane = parts.lanes.of(live)
  const { mapped, raw } = await askWithRetries(
    () =>
      lane.run(
        (reserve) => parts.ask(connector, lookup as HttpLookup, value, secretOf, { reserve, signal }),
        signal,
      ),
    signal,
  )
  const now = Date.now()
  const { seconds, negativeSeconds } = connector.cache
  const kept: Kept = {
    mapped,
    raw: raw === undefined ? undefined : JSON.stringify(raw),
    askedBy: fingerprint((lookup as HttpLookup).request),
    mappedBy: fingerprint(lookup.response),
    fetchedAt: now,
    expiresAt: now + 1000 * (mapped.status === 'found' ? seconds : negativeSeconds),
  }
  await parts.cache.put(live.id, type, value, kept)
  return kept
}

/**
 * Tells whether a kept answer still answers the question: to another request it does not; by another mapping it is read
 * anew, where its raw form was kept.
 */
export function usable(kept: Kept, lookup: Lookup, value: string): Kept | undefined {
  if (kept.askedBy !== fingerprint((lookup as HttpLookup).request)) return undefined
  if (kept.mappedBy === fingerprint(lookup.response) || kept.raw === undefined) return kept
  const found = kept.mapped.status === 'found'
  return {
    ...kept,
    mapped: found ? mapAnswer(lookup.response, value, 200, JSON.parse(kept.raw)) : kept.mapped,
  }
}
