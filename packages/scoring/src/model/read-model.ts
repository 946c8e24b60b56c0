// Models of boosted trees in LightGBM's text format, read with every number checked: a model may come from anyone.

/** A tree: split `i` looks at `features[i]`; a child below 0 is the leaf `~child`. */
export interface ModelTree {
  features: Int32Array
  thresholds: Float64Array
  /** Bit 0: categorical; bit 1: missing goes left; bits 2 and 3: what counts as missing (0 nothing, 1 zero, 2 NaN). */
  decisions: Int32Array
  left: Int32Array
  right: Int32Array
  values: Float64Array
  /** Of categorical splits: where the bits of each set start, and the bits. */
  categoryStarts: Int32Array
  categoryBits: Uint32Array
}

export interface Model {
  featureNames: string[]
  /** Binary: the answer is a probability through the logistic function of this slope; else the sum of the leaves itself. */
  sigmoid: number | undefined
  /** Whether the leaves are averaged (random forests) and not summed. */
  averaged: boolean
  trees: ModelTree[]
}

/** Says why a text is not a model that can be used here. */
export class ModelError extends Error {
  override name = 'ModelError'
}

const maxTrees = 20_000
const maxFeatures = 100_000

/**
 * Reads a model of one output (objective binary, regression, or cross_entropy) in LightGBM's text format, versions v2 to v4.
 * Throws ModelError, with the tree it concerns, when anything is missing, out of range, or of a kind that is not evaluated here.
 */
export function readModel(text: string): Model {
  const [head = '', ...blocks] = text.split(/\r?\n(?=Tree=\d+\r?\n)/)
  const fields = fieldsOf(head)
  if (!/^tree\r?\n/.test(head))
    throw new ModelError('This is not a LightGBM text model: its first line is not "tree".')
  const perIteration = Number(fields.num_tree_per_iteration ?? fields.num_class ?? 1)
  if (perIteration !== 1)
    throw new ModelError('The model has several outputs; one with a single output is needed.')
  const featureNames = (fields.feature_names ?? '').split(' ').filter((name) => name !== '')
  const count = Number(fields.max_feature_idx) + 1
  if (!(count >= 1 && count <= maxFeatures) || featureNames.length !== count)
    throw new ModelError('The model does not name each of its features.')
  if (blocks.length === 0 || blocks.length > maxTrees)
    throw new ModelError(`The model has ${blocks.length} trees; 1 to ${maxTrees} are read.`)
  return {
    featureNames,
    sigmoid: sigmoidOf(fields.objective),
    averaged: /^average_output\r?$/m.test(head),
    trees: blocks.map((block, index) => treeOf(block, index, count)),
  }
}

function fieldsOf(text: string): Record<string, string> {
  const pairs = text.split(/\r?\n/).flatMap((line) => {
    const equals = line.indexOf('=')
    return equals > 0 ? [[line.slice(0, equals), line.slice(equals + 1)]] : []
  })
  return Object.fromEntries(pairs)
}

function sigmoidOf(objective = '') {
  const [kind, ...parts] = objective.split(' ')
  if (kind === 'binary' || kind === 'cross_entropy') {
    const slope = parts.find((part) => part.startsWith('sigmoid:'))
    return slope ? Number(slope.slice('sigmoid:'.length)) : 1
  }
  if (kind === '' || kind === 'regression') return undefined
  throw new ModelError(
    `The objective "${kind}" is not evaluated here; binary, cross_entropy and regression are.`,
  )
}

function treeOf(block: string, index: number, featureCount: number): ModelTree {
  const fields = fieldsOf(block.split(/\r?\n(?:end of trees|\r?\n)/)[0]!)
  const wrong = (what: string) => new ModelError(`Tree ${index}: ${what}.`)
  const leaves = Number(fields.num_leaves)
  if (!Number.isInteger(leaves) || leaves < 1 || leaves > 1_000_000)
    throw wrong('num_leaves is not a number of leaves')
  if (fields.is_linear !== undefined && fields.is_linear !== '0')
    throw wrong('linear trees are not evaluated here')
  const numbers = (name: string, length: number) => {
    const list = (fields[name] ?? '')
      .split(' ')
      .filter((word) => word !== '')
      .map(Number)
    if (list.length !== length || list.some(Number.isNaN)) throw wrong(`${name} is not ${length} numbers`)
    return list
  }
  const splits = leaves - 1
  const sets = Number(fields.num_cat ?? 0)
  const starts = sets > 0 ? numbers('cat_boundaries', sets + 1) : [0]
  const tree = {
    features: Int32Array.from(numbers('split_feature', splits)),
    thresholds: Float64Array.from(numbers('threshold', splits)),
    decisions: Int32Array.from(numbers('decision_type', splits)),
    left: Int32Array.from(numbers('left_child', splits)),
    right: Int32Array.from(numbers('right_child', splits)),
    values: Float64Array.from(numbers('leaf_value', leaves)),
    categoryStarts: Int32Array.from(starts),
    categoryBits: Uint32Array.from(sets > 0 ? numbers('cat_threshold', starts[sets]!) : []),
  }
  if (tree.features.some((feature) => feature < 0 || feature >= featureCount))
    throw wrong('a split looks at a feature that the model does not have')
  if (!isTree(tree.left, tree.right, leaves)) throw wrong('its splits do not form a tree')
  for (const [split, decision] of tree.decisions.entries())
    if (decision & 1 && !(tree.thresholds[split]! >= 0 && tree.thresholds[split]! < sets))
      throw wrong('a split names a set of categories that the tree does not have')
  return tree
}

/** Whether every split but the first, and every leaf, is the child of exactly one split before it: a walk always ends. */
function isTree(left: Int32Array, right: Int32Array, leaves: number) {
  const splits = left.length
  const seen = new Set<number>()
  for (let split = 0; split < splits; split++)
    for (const child of [left[split]!, right[split]!]) {
      const fits = child < 0 ? ~child < leaves : child > split && child < splits
      if (!fits || seen.has(child)) return false
      seen.add(child)
    }
  return seen.size === 2 * splits
}
