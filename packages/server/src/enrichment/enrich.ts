import type { PivotType } from '@quarry/schema'
import type { Lookup, OfflineConnector } from '@quarry/schema/connectors/connector'
import { mayReceive, type Tlp, tlpNames } from '@quarry/schema/connectors/tlp'
import type { EnrichmentItem } from '@quarry/schema/endpoints/enrichments'
import type { Cache, Kept } from './cache.ts'
import { checkValue } from './check-value.ts'
import type { LiveConnector } from './connectors.ts'
import { Flights } from './flights.ts'
import type { AskService } from './http/ask-service.ts'
import type { Lanes } from './lanes.ts'
import { fingerprint, lookUp, usable } from './lookup-value.ts'
import type { Mapped } from './map-answer.ts'

import type { Offline } from './offline/open-offline.ts'
import type { Secrets } from './secrets.ts'
import { Trouble } from './trouble.ts'

interface Parts {
  cache: Cache
  lanes: Lanes
  secrets: Secrets
  offline: Offline
  ask: AskService
  /** Says in a sentence why the connector cannot be asked at all now. */
  unready(live: LiveConnector): Trouble | undefined
}

export interface Enrichment {
  live: LiveConnector
  type: PivotType
  /** Values as they were given; repeated ones are answered once. */
  values: readonly string[]
  refresh: boolean
  /** Marking of the values. */
  tlp: Tlp
  raw: boolean
  signal: AbortSignal
  /** Called with each answer as it comes. */
  tell(item: EnrichmentItem): void
  /** Called before the first value leaves the server, with those that may; how an audit entry comes to be. */
  leaving(values: readonly string[]): Promise<void>
}

/** A value that is asked for, and the texts that mean it. */
interface Wanted {
  texts: string[]
  lookup: Lookup
}

/** A value that is not kept. */
interface Missing extends Wanted {
  value: string
  /** `landed` of the cache before it was read. */
  before: number
}

/** Answers values: refuses what must not be sent, takes what is kept, asks for the rest, each value once at a time. */
export function openEnrich(parts: Parts) {
  const flights = new Flights<Kept>()

  /** Resolves when every value was told. Rejects when the signal ends it. */
  return async function enrich(enrichment: Enrichment): Promise<void> {
    const { live, tlp, tell, values } = enrichment
    const refusal = refuse(parts, live, tlp)
    if (refusal) {
      for (const value of new Set(values)) tell(itemOf(value, refusal))
      return
    }
    const wanted = check(enrichment)
    if (live.connector.kind !== 'http') return await askFiles(parts, enrichment, wanted)
    const before = parts.cache.landed()
    const missing = enrichment.refresh ? wanted : await tellKept(parts, enrichment, wanted)
    if (missing.size === 0) return
    await enrichment.leaving([...missing.keys()])
    await Promise.all(
      [...missing].map(([value, want]) => askFor(parts, flights, enrichment, { value, before, ...want })),
    )
  }
}

function refuse({ unready }: Parts, live: LiveConnector, tlp: Tlp): Trouble | undefined {
  const { connector } = live
  if (connector.kind === 'link') return new Trouble('wrongType', 'This connector is a link: it opens a tab.')
  if (!mayReceive(connector.tlp, tlp))
    return new Trouble(
      'tlp',
      `${connector.name} may receive at most ${tlpNames[connector.tlp]}, and the values are marked ${tlpNames[tlp]}. Nothing was sent.`,
    )
  return unready(live)
}

/** Checks all values; tells those that are refused. */
function check({ live, type, values, tell }: Enrichment): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>()
  for (const text of new Set(values)) {
    try {
      const { value, lookup } = checkValue(live.connector as never, type, text)
      const found = wanted.get(value)
      if (found) found.texts.push(text)
      else wanted.set(value, { texts: [text], lookup })
    } catch (error) {
      tell(itemOf(text, error as Trouble))
    }
  }
  return wanted
}

async function tellKept({ cache }: Parts, enrichment: Enrichment, wanted: Map<string, Wanted>) {
  const { live, type, tell, raw } = enrichment
  const kept = await cache.get(live.id, type, [...wanted.keys()], raw)
  // What was mapped by an older definition is mapped anew, from the raw answer.
  const old = raw
    ? []
    : [...kept].flatMap(([value, { mappedBy }]) =>
        mappedBy === fingerprint(wanted.get(value)!.lookup.response) ? [] : [value],
      )
  for (const [value, whole] of await cache.get(live.id, type, old, true)) kept.set(value, whole)
  const missing = new Map<string, Wanted>()
  for (const [value, want] of wanted) {
    const answer = kept.get(value)
    const found = answer && usable(answer, want.lookup, value)
    if (found) for (const text of want.texts) tell(keptItem(text, found, true, raw))
    else missing.set(value, want)
  }
  return missing
}

async function askFor(parts: Parts, flights: Flights<Kept>, enrichment: Enrichment, want: Missing) {
  const { live, type, refresh, signal, tell, raw } = enrichment
  const { value, texts, lookup, before } = want
  try {
    let fresh = true
    const kept = await flights.join(
      `${live.id} ${type} ${value}`,
      async (ended) => {
        // Another flight may have landed between the look into the cache and now.
        const same = refresh || parts.cache.landed() === before
        const landed = same ? undefined : (await parts.cache.get(live.id, type, [value], true)).get(value)
        const found = landed && usable(landed, lookup, value)
        fresh = found === undefined
        return found ?? (await lookUp(parts, { live, type, value, lookup }, ended))
      },
      signal,
    )
    for (const text of texts) tell(keptItem(text, kept, !fresh, raw))
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    for (const text of texts) tell(itemOf(text, error))
  }
}

async function askFiles(
  { offline }: Parts,
  { live, type, raw, tell }: Enrichment,
  wanted: Map<string, Wanted>,
) {
  const now = new Date().toISOString()
  for (const [value, { texts, lookup }] of wanted) {
    try {
      const answer = await offline.ask(live.connector as OfflineConnector, lookup, type, value)
      for (const text of texts)
        tell({
          ...shown(text, answer.mapped),
          ...(raw && { raw: answer.raw }),
          fetchedAt: now,
          fromCache: false,
        })
    } catch (error) {
      for (const text of texts) tell(itemOf(text, error as Trouble))
    }
  }
}

const shown = (value: string, { status, fields, links, verdict }: Mapped) => ({
  value,
  status,
  fields,
  links,
  ...(verdict && { verdict }),
})

function keptItem(value: string, kept: Kept, fromCache: boolean, raw: boolean): EnrichmentItem {
  return {
    ...shown(value, kept.mapped),
    ...(raw && { raw: kept.raw === undefined ? null : JSON.parse(kept.raw) }),
    fetchedAt: new Date(kept.fetchedAt).toISOString(),
    expiresAt: new Date(kept.expiresAt).toISOString(),
    fromCache,
  }
}

/** What was not sent is refused; what was sent and has no answer failed. */
const heldBack = new Set([
  'notAValue',
  'withoutMeaning',
  'wrongType',
  'disabled',
  'needsSecret',
  'needsFile',
  'tlp',
  'quotaUsed',
  'resting',
])

/** The item of a value that has no answer. */
export function itemOf(value: string, trouble: Trouble): EnrichmentItem {
  return {
    value,
    status: heldBack.has(trouble.reason) ? 'refused' : 'failed',
    reason: trouble.reason,
    explanation: trouble.message,
    fields: {},
    links: [],
    fromCache: false,
  }
}
