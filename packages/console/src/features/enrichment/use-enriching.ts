import { readEvents, send } from '@quarry/schema'
import type { Quota } from '@quarry/schema/endpoints/connectors'
import { EnrichmentEvent, type EnrichmentItem, streamEnrichments } from '@quarry/schema/endpoints/enrichments'
import { useCallback, useEffect, useRef, useState } from 'react'
import { csrfHeaders } from '../../session-token.ts'
import type { EnrichedColumn } from './enriched-column.ts'
import { keyOf } from './enriched-column.ts'

/** How far the asking about one column is. */
export interface Progress {
  asking: boolean
  found: number
  notFound: number
  /** Why values were not sent or have no answer, each reason once. */
  reasons: ReadonlyMap<string, number>
  quota?: Quota | undefined
  /** Values that were too many to be asked about. */
  beyond?: number
  error?: unknown
}

const none: Progress = { asking: false, found: 0, notFound: 0, reasons: new Map() }
const newsMillis = 1000

/**
 * Asks connectors about columns of a run, in the background, until it is done or the page is left.
 * @param onNews called about once a second while answers come, and at the end
 */
export function useEnriching(runId: string, onNews: (done: boolean) => void) {
  const [progress, setProgress] = useState<ReadonlyMap<string, Progress>>(new Map())
  const running = useRef(new Map<string, AbortController>())
  const news = useRef(onNews)
  news.current = onNews

  const set = useCallback((key: string, change: (before: Progress) => Progress) => {
    setProgress((before) => new Map(before).set(key, change(before.get(key) ?? none)))
  }, [])

  const stop = useCallback((key: string) => {
    running.current.get(key)?.abort()
    running.current.delete(key)
  }, [])

  const start = useCallback(
    async (asked: EnrichedColumn) => {
      const key = keyOf(asked)
      stop(key)
      const controller = new AbortController()
      running.current.set(key, controller)
      set(key, () => ({ ...none, asking: true }))
      let told = Date.now()
      try {
        for await (const event of eventsOf(runId, asked, controller.signal)) {
          set(key, (before) =>
            event.event === 'items'
              ? withItems(before, event.items)
              : { ...before, asking: false, quota: event.quota, beyond: event.counts.beyond },
          )
          if (Date.now() - told < newsMillis) continue
          told = Date.now()
          news.current(false)
        }
      } catch (error) {
        if (!controller.signal.aborted) set(key, (before) => ({ ...before, error }))
      }
      set(key, (before) => ({ ...before, asking: false }))
      news.current(true)
    },
    [runId, set, stop],
  )

  useEffect(() => {
    const all = running.current
    return () => {
      for (const controller of all.values()) controller.abort()
    }
  }, [])

  return { progress, start, stop }
}

async function* eventsOf(runId: string, asked: EnrichedColumn, signal: AbortSignal) {
  const body = { ...asked, runId }
  const response = await send(location.origin, streamEnrichments, { body }, { headers: csrfHeaders, signal })
  yield* readEvents(response, EnrichmentEvent)
}

/** Adds answers to what is known of the progress. */
export function withItems(before: Progress, items: readonly EnrichmentItem[]): Progress {
  const reasons = new Map(before.reasons)
  let { found, notFound } = before
  for (const { status, explanation } of items) {
    if (status === 'found') found++
    else if (status === 'notFound') notFound++
    else if (explanation) reasons.set(explanation, (reasons.get(explanation) ?? 0) + 1)
  }
  return { ...before, found, notFound, reasons }
}
