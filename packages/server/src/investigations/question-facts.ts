// What a report says of a question.
import type { Question } from '@quarry/schema/endpoints/investigations'

/** What a question was asked of and what came, in words. */
export function factsOf({ devices, rows, result, askedAt, askedBy }: Question): string {
  const count = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`
  const outcome = result === 'succeeded' ? '' : `${resultWords[result]}, `
  return `${outcome}${count(rows, 'row')} from ${count(devices, 'device')}, asked by ${askedBy} at ${utc(askedAt)}`
}

const resultWords: Record<Exclude<Question['result'], 'succeeded'>, string> = {
  failed: 'failed',
  timedOut: 'timed out',
  canceled: 'cancelled',
  notAvailable: 'still running',
}

/** `2026-11-24 04:08:09 UTC`. */
export const utc = (at: string): string => `${at.slice(0, 19).replace('T', ' ')} UTC`
