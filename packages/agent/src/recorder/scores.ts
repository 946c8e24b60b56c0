/** Scores of a program as its rows keep them; −1 is unknown. */
export interface RowScores {
  local_rep: number
  global_rep: number
  ml_score: number
  pua_score: number
}

/** What is known of the file with this hash at this moment. */
export type ScoresOf = (sha256: string | undefined) => RowScores

const unknown: RowScores = { local_rep: -1, global_rep: -1, ml_score: -1, pua_score: -1 }

/** Scores of a device that has no scoring: everything is unknown. */
export const unknownScores: ScoresOf = () => unknown
