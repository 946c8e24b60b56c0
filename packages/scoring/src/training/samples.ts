// What a model learns from: columns of numbers, one label and one weight a row.

/** Feature tables are kept by column: a tree looks at one feature of all rows at a time. */
export interface Samples {
  /** `columns[feature][row]`. */
  columns: Float64Array[]
  /** 1 for malware, 0 for benign. */
  labels: Uint8Array
  weights: Float64Array
}

/** The number of rows. */
export const rowsOf = (samples: Samples) => samples.labels.length

/** The given rows of a set, in the order given. */
export function pick(samples: Samples, rows: ArrayLike<number>): Samples {
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
  return {
    columns: samples.columns.map(take),
    labels: Uint8Array.from(rows, (row) => samples.labels[row]!),
    weights: take(samples.weights),
  }
}

/** One set after another; all must have the same columns. */
export function join(sets: Samples[]): Samples {
  const first = sets[0]
  if (!first) throw new Error('No samples to learn from.')
  const floats = (of: (set: Samples) => Float64Array) =>
    Float64Array.from(sets.flatMap((set) => [...of(set)]))
  return {
    columns: first.columns.map((_, feature) => floats((set) => set.columns[feature]!)),
    labels: Uint8Array.from(sets.flatMap((set) => [...set.labels])),
    weights: floats((set) => set.weights),
  }
}

/** The features of one row. */
export const rowOf = (samples: Samples, row: number) => samples.columns.map((column) => column[row]!)
