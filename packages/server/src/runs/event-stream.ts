import type { ServerResponse } from 'node:http'
import type { RunEvent } from '@quarry/schema/endpoints/run-results'

/** Bytes that may wait for a slow watcher; beyond it events are left out, and it is told to read again. */
const maxBuffered = 1 << 20
const heartbeatMillis = 15_000

/** A stream of server-sent events to one watcher. */
export interface EventStream {
  /** Sends an event, or drops it when the watcher is too far behind. @returns whether it was sent */
  send(event: RunEvent): boolean
  end(): void
}

/**
 * Begins a stream of server-sent events.
 * @param headers security headers of the reply
 * @param caughtUp called when a watcher that had been left behind takes data again
 * @param closed called once, when the stream is over, whoever ended it
 */
export function openEventStream(
  raw: ServerResponse,
  headers: Record<string, unknown>,
  { caughtUp, closed }: { caughtUp(): void; closed(): void },
): EventStream {
  raw.writeHead(200, {
    ...(headers as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.socket?.setNoDelay(true)
  raw.flushHeaders()
  let behind = false
  const heartbeat = setInterval(() => {
    if (raw.writableLength === 0) raw.write(':\n\n')
  }, heartbeatMillis)
  raw.on('drain', () => {
    if (!behind) return
    behind = false
    caughtUp()
  })
  raw.on('error', () => {})
  raw.on('close', () => {
    clearInterval(heartbeat)
    closed()
  })

  return {
    send(event) {
      if (raw.writableLength > maxBuffered) behind = true
      if (behind || raw.writableEnded || raw.destroyed) return false
      raw.write(`event: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`)
      return true
    },
    end: () => void raw.end(),
  }
}
