import type { Log } from './log.ts'
import type { Outbox } from './outbox/outbox.ts'
import { messageOf } from './start-error.ts'

const minuteMillis = 60_000
const minutesAnHour = 60
/** A run lasts 7 days at most; a day later nobody asks for it any more. */
const keptHours = 8 * 24

/** Tidies the outbox while the agent lives. */
export function openUpkeep(outbox: Outbox, log: Log): { close(): void } {
  let minutes = 0
  const timer = setInterval(() => {
    try {
      outbox.storeHeld()
      if (++minutes % minutesAnHour !== 0) return
      outbox.grow()
      for (const runId of outbox.forget(keptHours))
        log.warn({ runId }, 'Rows that the server did not take within 8 days are given up')
    } catch (error) {
      log.error(`The outbox cannot be tidied: ${messageOf(error)}`)
    }
  }, minuteMillis)
  timer.unref()
  return { close: () => clearInterval(timer) }
}
