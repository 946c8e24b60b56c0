import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits until `look` returns something.
 * @throws when it has not after `seconds`.
 */
export async function eventually<T>(look: () => T, seconds = 20): Promise<NonNullable<T>> {
  const until = performance.now() + seconds * 1000
  for (;;) {
    const value = look()
    if (value) return value
    if (performance.now() > until) throw new Error(`Not within ${seconds} s: ${look}`)
    await sleep(10)
  }
}
