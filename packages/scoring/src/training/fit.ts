// One model from several sets, each with the same say.
import { type Boosted, type BoostForm, boost, logOddsOf } from './boost.ts'
import { join, rowOf, rowsOf, type Samples } from './samples.ts'

/** What each label of each set weighs in all; the third-party files, all benign, weigh as much as one label. */
const weightOfLabel = 1000

/** Learns from the sets so that a large table does not drown a small one, nor many malicious rows a few benign ones. */
export function fit(sets: Samples[], form: BoostForm, seed: number): Boosted {
  return boost(join(sets.map(balanced)), form, seed)
}

function balanced(set: Samples): Samples {
  const counts = [0, 0]
  for (const label of set.labels) counts[label]!++
  return { ...set, weights: Float64Array.from(set.labels, (label) => weightOfLabel / counts[label]!) }
}

/** The probability of each row, as the model sees it. */
export function probabilities(model: Boosted, samples: Samples): Float64Array {
  const one = (row: number) => 1 / (1 + Math.exp(-logOddsOf(model, rowOf(samples, row))))
  return Float64Array.from({ length: rowsOf(samples) }, (_, row) => one(row))
}
