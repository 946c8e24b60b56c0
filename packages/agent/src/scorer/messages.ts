import type { ScoredFile, Scores } from '@quarry/tables/host-ports'

/** To the process that scores. */
export type ToScorer =
  | { type: 'setup'; cacheDir: string; dataDirs: readonly string[] }
  | { type: 'score'; id: number; file: ScoredFile }

/** From it. */
export type FromScorer =
  /** What is costly the first time is done: the index of packages, the model. */
  { type: 'ready' } | { type: 'scored'; id: number; scores?: Scores }
