import { setTimeout as sleep } from 'node:timers/promises'
import { Trouble } from './trouble.ts'

const tries = 3
const firstMillis = 300
/** A Retry-After up to here is waited for within one lookup; a longer one is the lane's. */
const longestMillis = 5000

/**
 * Runs one request again when that may help: after 429, 5xx and broken connections, twice, with growing pauses of which
 * half is chance, and never before the service wants it.
 */
export async function askWithRetries<T>(once: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once()
    } catch (error) {
      const pause = error instanceof Trouble ? pauseAfter(error, attempt) : undefined
      if (pause === undefined) throw error
      await sleep(pause, undefined, { signal })
    }
  }
}

function pauseAfter(trouble: Trouble, attempt: number): number | undefined {
  // A service that hung once would hang the lane three times as long.
  if (!trouble.again || attempt >= tries || trouble.reason === 'timeout') return undefined
  if (trouble.restMillis !== undefined)
    return trouble.restMillis <= longestMillis ? trouble.restMillis : undefined
  const base = firstMillis * 2 ** (attempt - 1)
  return base / 2 + Math.random() * base
}
