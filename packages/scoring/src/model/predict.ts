// What a model says of a row of features: LightGBM's rules for thresholds, missing values and categories.
import type { Model, ModelTree } from './read-model.ts'

/** Numbers nearer to 0 than this count as zero, where zero means missing (LightGBM's kZeroThreshold). */
const nearZero = 1e-35
const missingIsZero = 1
const missingIsNaN = 2

/**
 * The model's answer for one row, its features in the order of `featureNames`; NaN stands for a missing one.
 * A probability from 0 to 1 for a binary model, else the number that it was trained to give.
 */
export function predict(model: Model, features: ArrayLike<number>): number {
  const raw = rawScore(model, features)
  return model.sigmoid === undefined ? raw : 1 / (1 + Math.exp(-model.sigmoid * raw))
}

/** The sum (or the mean) of the leaves that a row falls into. */
export function rawScore(model: Model, features: ArrayLike<number>): number {
  let sum = 0
  for (const tree of model.trees) sum += tree.values[leafOf(tree, features)]!
  return model.averaged ? sum / model.trees.length : sum
}

function leafOf(tree: ModelTree, features: ArrayLike<number>): number {
  if (tree.features.length === 0) return 0
  let node = 0
  while (node >= 0)
    node = goesLeft(tree, node, features[tree.features[node]!]!) ? tree.left[node]! : tree.right[node]!
  return ~node
}

function goesLeft(tree: ModelTree, node: number, value: number): boolean {
  const decision = tree.decisions[node]!
  const missing = (decision >> 2) & 3
  if (decision & 1) return isInSet(tree, tree.thresholds[node]!, value, missing)
  const number = Number.isNaN(value) && missing !== missingIsNaN ? 0 : value
  const isMissing =
    (missing === missingIsZero && Math.abs(number) <= nearZero) ||
    (missing === missingIsNaN && Number.isNaN(number))
  return isMissing ? (decision & 2) !== 0 : number <= tree.thresholds[node]!
}

function isInSet(tree: ModelTree, set: number, value: number, missing: number): boolean {
  const category = Number.isNaN(value) ? (missing === missingIsNaN ? -1 : 0) : Math.trunc(value)
  const word = Math.floor(category / 32)
  const from = tree.categoryStarts[set]!
  if (value < 0 || category < 0 || word >= tree.categoryStarts[set + 1]! - from) return false
  return ((tree.categoryBits[from + word]! >>> (category & 31)) & 1) === 1
}
