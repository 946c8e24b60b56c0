// One tree of a boosted model: grown leaf by leaf, the best split of all leaves first, as LightGBM does.
import type { Binned } from './bins.ts'

export interface TreeForm {
  leaves: number
  /** Rows that a leaf has at least. */
  minLeaf: number
  /** Shrinks what a leaf of few rows says. */
  l2: number
  learningRate: number
}

/** Split `i` sends a row left when `value <= thresholds[i]`; a child below 0 is the leaf `~child`. */
export interface Tree {
  features: number[]
  thresholds: number[]
  gains: number[]
  left: number[]
  right: number[]
  values: number[]
  counts: number[]
}

interface Leaf {
  rows: Int32Array
  histogram: Histogram
  gradient: number
  hessian: number
  split: Split | undefined
  /** Where the tree points to this leaf; none for the root. */
  place: { node: number; side: 'left' | 'right' } | undefined
}

interface Split {
  feature: number
  bin: number
  gain: number
}

/** Sums for each bin of each feature, one after another: gradient, hessian, rows. */
type Histogram = Float64Array

const stride = 3
const perFeature = 256 * stride

/**
 * Grows a tree on the gradients and hessians of the loss, with the given features alone. Returns it with the rows of each leaf, so that
 * the scores of the rows need no walk down the tree.
 */
export function growTree(
  data: Binned,
  gradients: Float64Array,
  hessians: Float64Array,
  features: number[],
  form: TreeForm,
): { tree: Tree; rows: Int32Array[] } {
  const sums = (rows: Int32Array) => histogramOf(data, rows, gradients, hessians, features)
  const all = Int32Array.from({ length: gradients.length }, (_, row) => row)
  const leaves = [leafOf(all, sums(all), undefined)]
  const tree: Tree = { features: [], thresholds: [], gains: [], left: [], right: [], values: [], counts: [] }

  function leafOf(rows: Int32Array, histogram: Histogram, place: Leaf['place']): Leaf {
    let gradient = 0
    let hessian = 0
    for (const row of rows) {
      gradient += gradients[row]!
      hessian += hessians[row]!
    }
    const leaf: Leaf = { rows, histogram, gradient, hessian, split: undefined, place }
    leaf.split = bestSplit(leaf, data, features, form)
    return leaf
  }

  while (leaves.length < form.leaves) {
    const index = richest(leaves)
    const leaf = leaves[index]
    const split = leaf?.split
    if (!leaf || !split) break
    const node = tree.features.length
    if (leaf.place) tree[leaf.place.side][leaf.place.node] = node
    tree.features.push(split.feature)
    tree.thresholds.push(data.edges[split.feature]![split.bin]!)
    tree.gains.push(split.gain)
    const bins = data.bins[split.feature]!
    const left = leaf.rows.filter((row) => bins[row]! <= split.bin)
    const right = leaf.rows.filter((row) => bins[row]! > split.bin)
    // The sums of the larger half are those of the whole without the smaller half's.
    const small = sums(left.length <= right.length ? left : right)
    const large = leaf.histogram
    for (let i = 0; i < large.length; i++) large[i]! -= small[i]!
    const [forLeft, forRight] = left.length <= right.length ? [small, large] : [large, small]
    leaves.splice(
      index,
      1,
      leafOf(left, forLeft, { node, side: 'left' }),
      leafOf(right, forRight, { node, side: 'right' }),
    )
  }

  for (const [index, leaf] of leaves.entries()) {
    tree.values.push((form.learningRate * -leaf.gradient) / (leaf.hessian + form.l2))
    tree.counts.push(leaf.rows.length)
    if (leaf.place) tree[leaf.place.side][leaf.place.node] = ~index
  }
  return { tree, rows: leaves.map((leaf) => leaf.rows) }
}

function histogramOf(
  data: Binned,
  rows: Int32Array,
  gradients: Float64Array,
  hessians: Float64Array,
  features: number[],
): Histogram {
  const histogram = new Float64Array(data.bins.length * perFeature)
  for (const feature of features) {
    const bins = data.bins[feature]!
    const start = feature * perFeature
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!
      const at = start + bins[row]! * stride
      histogram[at]! += gradients[row]!
      histogram[at + 1]! += hessians[row]!
      histogram[at + 2]! += 1
    }
  }
  return histogram
}

function bestSplit(leaf: Leaf, data: Binned, features: number[], form: TreeForm): Split | undefined {
  const { histogram, gradient, hessian, rows } = leaf
  const own = (gradient * gradient) / (hessian + form.l2)
  let best: Split | undefined
  for (const feature of features) {
    let g = 0
    let h = 0
    let count = 0
    for (let bin = 0; bin < data.edges[feature]!.length; bin++) {
      const at = feature * perFeature + bin * stride
      g += histogram[at]!
      h += histogram[at + 1]!
      count += histogram[at + 2]!
      if (count < form.minLeaf) continue
      if (rows.length - count < form.minLeaf) break
      const otherG = gradient - g
      const otherH = hessian - h
      if (h < 1e-3 || otherH < 1e-3) continue
      const gain = (g * g) / (h + form.l2) + (otherG * otherG) / (otherH + form.l2) - own
      if (gain > (best?.gain ?? 1e-9)) best = { feature, bin, gain }
    }
  }
  return best
}

function richest(leaves: Leaf[]) {
  let best = -1
  for (const [index, { split }] of leaves.entries())
    if (split && (best < 0 || split.gain > leaves[best]!.split!.gain)) best = index
  return best
}
