import type { ServerResponse } from 'node:http'
import type { Quota } from '@quarry/schema/endpoints/connectors'
import type { EnrichmentEvent, EnrichmentItem } from '@quarry/schema/endpoints/enrichments'

const mostItems = 500
const gatherMillis = 20
const heartbeatMillis = 15_000

/** A stream of server-sent events with the answers of one asking, gathered so that many at once are one event. */
export function openItemStream() {
  const counts = { fromCache: 0, found: 0, notFound: 0, refused: 0, failed: 0 }
  let gathered: EnrichmentItem[] = []
  let response: ServerResponse | undefined
  let timer: NodeJS.Timeout | undefined

  function send(event: EnrichmentEvent): void {
    if (response && !response.destroyed)
      response.write(`event: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`)
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (!response) return
    for (let at = 0; at < gathered.length; at += mostItems)
      send({ event: 'items', items: gathered.slice(at, at + mostItems) })
    gathered = []
  }

  return {
    tell(item: EnrichmentItem): void {
      if (item.fromCache) counts.fromCache++
      if (item.status !== 'pending') counts[item.status]++
      gathered.push(item)
      if (gathered.length >= mostItems) flush()
      else timer ??= setTimeout(flush, gatherMillis)
    },

    /** Begins to send; what was told before goes first. `closed` is called when the reader goes away. */
    begin(raw: ServerResponse, headers: Record<string, unknown>, closed: () => void): void {
      response = raw
      raw.writeHead(200, {
        ...(headers as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      raw.socket?.setNoDelay(true)
      const heartbeat = setInterval(() => raw.write(':\n\n'), heartbeatMillis)
      raw.on('error', () => {})
      raw.on('close', () => {
        clearInterval(heartbeat)
        clearTimeout(timer)
        closed()
      })
      flush()
    },

    end(asked: { distinct: number; beyond: number }, quota: Quota | undefined): void {
      flush()
      send({ event: 'end', counts: { ...asked, ...counts }, ...(quota && { quota }) })
      response?.end()
    },
  }
}
