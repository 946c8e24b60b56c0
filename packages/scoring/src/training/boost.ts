// Gradient boosting of trees on the logistic loss.
import { binned } from './bins.ts'
import { growTree, type Tree, type TreeForm } from './grow-tree.ts'
import { seeded } from './random.ts'
import { rowsOf, type Samples } from './samples.ts'

export interface BoostForm extends TreeForm {
  trees: number
  /** The share of the features that each tree may look at, above 0 to 1. */
  featureShare: number
  /** Features that no tree may look at. */
  without: number[]
}

export interface Boosted {
  /** The log odds before any tree. */
  base: number
  trees: Tree[]
}

/** Learns a model from samples; the same samples, form and seed give the same model, bit by bit. */
export function boost(samples: Samples, form: BoostForm, seed: number): Boosted {
  const data = binned(samples)
  const random = seeded(seed)
  const { labels, weights } = samples
  const usable = samples.columns.map((_, feature) => feature).filter((f) => !form.without.includes(f))
  const base = logOdds(labels, weights)
  const scores = new Float64Array(rowsOf(samples)).fill(base)
  const gradients = new Float64Array(scores.length)
  const hessians = new Float64Array(scores.length)
  const trees: Tree[] = []
  for (let round = 0; round < form.trees; round++) {
    for (let row = 0; row < scores.length; row++) {
      const p = 1 / (1 + Math.exp(-scores[row]!))
      gradients[row] = weights[row]! * (p - labels[row]!)
      hessians[row] = weights[row]! * p * (1 - p)
    }
    const features = some(usable, form.featureShare, random)
    const { tree, rows } = growTree(data, gradients, hessians, features, form)
    for (const [leaf, members] of rows.entries())
      for (const row of members) scores[row]! += tree.values[leaf]!
    trees.push(tree)
  }
  return { base, trees }
}

function logOdds(labels: Uint8Array, weights: Float64Array) {
  let all = 0
  let bad = 0
  for (const [row, weight] of weights.entries()) {
    all += weight
    bad += weight * labels[row]!
  }
  return Math.log(bad / (all - bad))
}

/** A share of the features, by chance, in their own order. */
function some(features: number[], share: number, random: () => number): number[] {
  if (share >= 1) return features
  const keyed = features.map((feature) => ({ feature, key: random() })).sort((a, b) => a.key - b.key)
  const kept = keyed.slice(0, Math.max(1, Math.round(share * features.length)))
  return kept.map(({ feature }) => feature).sort((a, b) => a - b)
}

/** The log odds that a row is malware; `features` in the order of the samples' columns. */
export function logOddsOf(model: Boosted, features: ArrayLike<number>): number {
  let sum = model.base
  for (const tree of model.trees) sum += leafValue(tree, features)
  return sum
}

function leafValue(tree: Tree, features: ArrayLike<number>) {
  if (tree.features.length === 0) return tree.values[0]!
  let node = 0
  while (node >= 0)
    node = features[tree.features[node]!]! <= tree.thresholds[node]! ? tree.left[node]! : tree.right[node]!
  return tree.values[~node]!
}
