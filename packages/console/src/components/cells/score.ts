import type { Scale } from '@quarry/schema'
import type { z } from 'zod'

/** How bad a band is; decides colour and icon, which never stand without the word. */
export type Level = 'good' | 'low' | 'medium' | 'bad' | 'worst'

export interface Band {
  level: Level
  word: string
  /** What the band means, for a person who hovers over it. */
  sentence: string
}

interface Step extends Band {
  /** The lowest score of the band. */
  from: number
}

const RANK = 'Experimental: a rank with a known share of false alarms, not a probability.'

// Reputations are good when high; the other two are bad when high.
const STEPS: Record<z.infer<typeof Scale>, readonly Step[]> = {
  reputation: [
    { from: 70, level: 'good', word: 'good', sentence: 'Known good (70 to 100).' },
    {
      from: 30,
      level: 'medium',
      word: 'unproven',
      sentence: 'Neither known good nor known bad: unknown or suspicious (30 to 69).',
    },
    { from: 20, level: 'bad', word: 'PUA', sentence: 'Potentially unwanted application (20 to 29).' },
    { from: 0, level: 'worst', word: 'malware', sentence: 'Malware (0 to 19).' },
  ],
  malware: [
    { from: 27, level: 'worst', word: 'high', sentence: `High (27 and above): look at the file. ${RANK}` },
    { from: 24, level: 'medium', word: 'medium', sentence: `Medium (24 to 26). ${RANK}` },
    { from: 0, level: 'low', word: 'low', sentence: `Low (below 24). ${RANK}` },
  ],
  pua: [
    { from: 21, level: 'bad', word: 'suspect', sentence: 'Suspect (above 20): may be unwanted software.' },
    { from: 0, level: 'low', word: 'low', sentence: 'Low (20 and below).' },
  ],
}

/** Returns the band that a score of 0 to 100 falls into, by the scale of its column; undefined for −1 and what is no score. */
export function bandOf(scale: z.infer<typeof Scale>, score: number): Band | undefined {
  if (!(score >= 0 && score <= 100)) return undefined
  return STEPS[scale].find((step) => score >= step.from)
}

const UNKNOWN: Record<z.infer<typeof Scale>, string> = {
  reputation: 'Unknown: nothing is known of this file, or nobody was asked.',
  malware: 'Not scored: only Windows programs are.',
  pua: 'Not scored: no engine looked at this file.',
}

/** What −1 means; the exact reason stands in the column with the evidence. */
export function unknownSentence(scale: z.infer<typeof Scale>): string {
  return UNKNOWN[scale]
}
