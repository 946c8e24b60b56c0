import type { Look } from './known-files.ts'

const seconds = (millis: number) => Math.floor(millis / 1000)

/** The times of a file as an event tells them, in seconds since 1970. */
export function timesOf({ birth, accessed, modified, changed }: Look) {
  return {
    birth: seconds(birth),
    accessed: seconds(accessed),
    modified: seconds(modified),
    changed: seconds(changed),
  }
}
