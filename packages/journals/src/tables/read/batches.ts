/** Rows that are looked up together. */
const size = 256

/** Cuts what comes lazily into lists of at most 256, so that a look-up serves many and memory stays flat. */
export function* inBatches<T>(items: Iterable<T>): Generator<T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
