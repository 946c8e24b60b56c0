// Features in at most 255 bins each, so that a split is looked for among bins and not among rows.
import type { Samples } from './samples.ts'

const maxBins = 255

export interface Binned {
  /** `bins[feature][row]`. */
  bins: Uint8Array[]
  /** `edges[feature][bin]`: the largest value that still belongs to the bin; the last bin has none. */
  edges: Float64Array[]
}

/** Sorts every feature into bins of about as many rows each; few different values get a bin each. */
export function binned(samples: Samples): Binned {
  const edges = samples.columns.map(edgesOf)
  const bins = samples.columns.map((column, feature) => {
    const own = edges[feature]!
    return Uint8Array.from(column, (value) => binOf(own, value))
  })
  return { bins, edges }
}

function edgesOf(column: Float64Array): Float64Array {
  const sorted = Float64Array.from(column).sort()
  const different = sorted.filter((value, index) => index === 0 || value !== sorted[index - 1])
  if (different.length <= maxBins)
    return different.slice(0, -1).map((value, index) => (value + different[index + 1]!) / 2)
  const edges: number[] = []
  for (let bin = 1; bin < maxBins; bin++) {
    const edge = sorted[Math.floor((bin * sorted.length) / maxBins)]!
    if (edges.length === 0 || edge > edges[edges.length - 1]!) edges.push(edge)
  }
  return Float64Array.from(edges)
}

function binOf(edges: Float64Array, value: number) {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= edges[middle]!) high = middle
    else low = middle + 1
  }
  return low
}
