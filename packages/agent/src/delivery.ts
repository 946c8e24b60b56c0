import type { Log } from './log.ts'
import type { Outbox } from './outbox/outbox.ts'
import { messageOf } from './start-error.ts'

/** Batches of one run that may be on their way at once, and bytes of all runs together. */
const window = { batches: 8, bytes: 16 << 20 }

interface Flight {
  /** Last sequence sent on this link. */
  sent: number
  open: { sequence: number; bytes: number }[]
}

/** Carries the outbox over whatever link is up, in order, a bounded number at once. */
export interface Delivery {
  /**
   * A link is up: sends everything from the first unacknowledged batch on. `undefined`: it is down.
   * @param cautious sends only runs that the server asks for on this link, since it took offence at something.
   */
  connect(send: ((frame: string) => void) | undefined, cautious?: boolean): void
  /** The server asks for the run on this link. */
  asked(runId: string): void
  /** A batch of the run was stored. */
  stored(runId: string): void
  /** The server has the batches of the run up to and with `sequence`. */
  acknowledged(runId: string, sequence: number): void
}

export function openDelivery(outbox: Outbox, log: Log): Delivery {
  const pending = new Set(outbox.waiting())
  const flights = new Map<string, Flight>()
  let send: ((frame: string) => void) | undefined
  let wanted: Set<string> | undefined
  let bytes = 0

  function pump(runId: string) {
    const flight = flights.get(runId) ?? { sent: 0, open: [] }
    flights.set(runId, flight)
    if (wanted && !wanted.has(runId)) return
    while (send && flight.open.length < window.batches && bytes < window.bytes) {
      const batch = outbox.next(runId, flight.sent)
      if (!batch) break
      flight.sent = batch.sequence
      flight.open.push({ sequence: batch.sequence, bytes: batch.frame.length })
      bytes += batch.frame.length
      send(batch.frame)
    }
  }
  function pumpAll() {
    for (const runId of pending) if (bytes < window.bytes) pump(runId)
  }

  return {
    connect(next, cautious = false) {
      send = next
      wanted = cautious ? new Set() : undefined
      flights.clear()
      bytes = 0
      if (send) pumpAll()
    },
    asked(runId) {
      wanted?.add(runId)
      if (send && pending.has(runId)) pump(runId)
    },
    stored(runId) {
      pending.add(runId)
      if (send) pump(runId)
    },
    acknowledged(runId, sequence) {
      const flight = flights.get(runId)
      if (!flight) return
      try {
        // Only what was sent can be acknowledged: a wrong number from the server must not delete unsent rows.
        outbox.acknowledge(runId, Math.min(sequence, flight.sent))
      } catch (error) {
        // On a full disk even forgetting fails. The next acknowledgement or link tries again; a resend is harmless.
        log.warn({ runId }, `Acknowledged rows cannot be deleted: ${messageOf(error)}`)
      }
      const landed = flight.open.filter((batch) => batch.sequence <= sequence)
      bytes -= landed.reduce((sum, batch) => sum + batch.bytes, 0)
      flight.open = flight.open.filter((batch) => batch.sequence > sequence)
      pump(runId)
      if (!outbox.next(runId, 0)) {
        pending.delete(runId)
        flights.delete(runId)
      }
      if (landed.length > 0) pumpAll()
    },
  }
}
