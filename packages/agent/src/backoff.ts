/** How long to wait before an attempt, in milliseconds. */
export interface Backoff {
  first: number
  most: number
}

/** Between attempts to reach a server: quick at first, since most breaks are a restart. */
export const reconnect: Backoff = { first: 200, most: 60_000 }

/** After an answer that will not change by itself: a person must act first. */
export const refused: Backoff = { first: 60_000, most: 300_000 }

/**
 * Returns the wait before attempt `attempt` (counted from 0). It grows by half each time, so that a server is found soon after it
 * is back, and half of it is random, so that a fleet does not come back in one instant.
 */
export function waitBefore({ first, most }: Backoff, attempt: number, random = Math.random()): number {
  const ceiling = Math.min(most, first * 1.5 ** Math.min(attempt, 100))
  return ceiling / 2 + (random * ceiling) / 2
}
