// One score with what it rests on, as it goes into a `…_data` column.

export interface Evidence {
  /** Which rule spoke, for programs. */
  code: string
  /** A sentence for people. */
  text: string
  /** Points that it adds, where points are added up. */
  weight?: number
  [fact: string]: string | number | boolean | undefined
}

export interface Scored {
  /** 0 to 100, or −1: unknown. */
  score: number
  evidence: Evidence[]
}

/** A score that is not given, and why. */
export const unknown = (code: string, text: string): Scored => ({ score: -1, evidence: [{ code, text }] })
