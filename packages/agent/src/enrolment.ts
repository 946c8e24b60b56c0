import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@quarry/schema'
import { reconnect, waitBefore } from './backoff.ts'
import { type Enrolment, enrol } from './enrol.ts'
import type { Identity } from './identity.ts'
import type { Log } from './log.ts'
import { messageOf, StartError } from './start-error.ts'

/**
 * Enrols, and keeps trying while the server cannot be reached.
 * @throws StartError when the server refuses, and the signal's reason when it aborts.
 */
export async function enrolPatiently(enrolment: Enrolment, log: Log): Promise<Identity> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await enrol(enrolment)
    } catch (error) {
      enrolment.signal?.throwIfAborted()
      if (error instanceof AppError && error.code !== 'too_many_requests' && error.status < 500)
        throw new StartError(`${enrolment.server} does not enrol this device: ${error.message}`, {
          cause: error,
        })
      const wait = waitBefore(reconnect, attempt)
      const next = `next attempt in ${(wait / 1000).toFixed(1)} s`
      log.warn(`Enrolment at ${enrolment.server} did not work: ${messageOf(error)} (${next})`)
      await sleep(wait, undefined, enrolment.signal && { signal: enrolment.signal })
    }
  }
}
