import { readFileSync } from 'node:fs'

/** Tells this boot from others; undefined where the system has no such thing. */
export function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return undefined
  }
}
