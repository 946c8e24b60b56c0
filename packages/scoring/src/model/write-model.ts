// Writes boosted trees in LightGBM's text format, so that ours and anyone else's are read and evaluated by the same code.
import type { Boosted } from '../training/boost.ts'
import type { Tree } from '../training/grow-tree.ts'

/** The text of a binary model over the named features; the log odds before any tree go into the leaves of the first. */
export function writeModel(model: Boosted, featureNames: readonly string[]): string {
  const trees = model.trees.map((tree, index) => treeText(tree, index, index === 0 ? model.base : 0))
  const head = [
    'tree',
    'version=v4',
    'num_class=1',
    'num_tree_per_iteration=1',
    'label_index=0',
    `max_feature_idx=${featureNames.length - 1}`,
    'objective=binary sigmoid:1',
    `feature_names=${featureNames.join(' ')}`,
    `feature_infos=${featureNames.map(() => '[-inf:inf]').join(' ')}`,
    `tree_sizes=${trees.map((text) => text.length).join(' ')}`,
  ]
  return `${head.join('\n')}\n\n${trees.join('')}end of trees\n`
}

function treeText(tree: Tree, index: number, base: number) {
  const list = (name: string, numbers: number[]) => `${name}=${numbers.join(' ')}`
  const lines = [
    `Tree=${index}`,
    `num_leaves=${tree.values.length}`,
    'num_cat=0',
    list('split_feature', tree.features),
    list(
      'split_gain',
      tree.gains.map((gain) => Number(gain.toPrecision(6))),
    ),
    list('threshold', tree.thresholds),
    list(
      'decision_type',
      tree.features.map(() => 0),
    ),
    list('left_child', tree.left),
    list('right_child', tree.right),
    list(
      'leaf_value',
      tree.values.map((value) => value + base),
    ),
    list('leaf_count', tree.counts),
    'is_linear=0',
    'shrinkage=1',
  ]
  return `${lines.join('\n')}\n\n\n`
}
