/** Ids of one column in the order of the block, and how many there are. */
export interface Ids {
  ids: Int32Array
  count: number
}

/**
 * Guesses each value from the rows before: the same as in the last row with the same key; for a key that is new, as in the row before.
 * Returns the rows where the guess is wrong. Without a key the guess is the row before.
 */
export function wrongGuesses({ ids }: Ids, key: Ids | undefined, most: number): Int32Array | undefined {
  const wrong = new Int32Array(Math.min(most, ids.length))
  let count = 0
  const last = key && new Int32Array(key.count).fill(-1)
  let before = -1
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!
    let guess = before
    if (last) {
      const at = key.ids[row]!
      if (last[at]! >= 0) guess = last[at]!
      last[at] = id
    }
    if (guess !== id) {
      if (count === wrong.length) return undefined
      wrong[count++] = row
    }
    before = id
  }
  return wrong.subarray(0, count)
}

/** Fills in ids: at the rows of `wrong` the given ones, at the others what is guessed. */
export function fillGuesses(
  rows: number,
  wrong: Int32Array,
  given: Int32Array,
  key: Ids | undefined,
): Int32Array {
  const ids = new Int32Array(rows)
  const last = key && new Int32Array(key.count).fill(-1)
  let before = -1
  let next = 0
  for (let row = 0; row < rows; row++) {
    const at = key ? key.ids[row]! : 0
    let id: number
    if (next < wrong.length && wrong[next] === row) id = given[next++]!
    else id = last && last[at]! >= 0 ? last[at]! : before
    if (last) last[at] = id
    before = id
    ids[row] = id
  }
  return ids
}

/** The rows of wrong guesses as bytes: gaps when they are few, else a bit for each row; nothing when all are. */
export function packRows(wrong: Int32Array, rows: number): Buffer {
  if (wrong.length === rows || wrong.length === 0) return Buffer.alloc(0)
  if (wrong.length * 8 < rows) {
    const bytes: number[] = []
    let before = -1
    for (const row of wrong) {
      let gap = row - before - 1
      before = row
      for (; gap >= 128; gap >>>= 7) bytes.push((gap & 127) | 128)
      bytes.push(gap)
    }
    return Buffer.from(bytes)
  }
  const bits = Buffer.alloc((rows + 7) >> 3)
  for (const row of wrong) bits[row >> 3]! |= 1 << (row & 7)
  return bits
}

/** Reads what `packRows` wrote. */
export function unpackRows(bytes: Buffer, count: number, rows: number): Int32Array {
  const wrong = new Int32Array(count)
  let found = 0
  if (count === rows) for (let row = 0; row < rows; row++) wrong[row] = row
  else if (count * 8 < rows) {
    let row = -1
    let at = 0
    for (; found < count; found++) {
      let gap = 0
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++]!
        gap |= (byte & 127) << shift
        if (byte < 128) break
      }
      row += gap + 1
      wrong[found] = row
    }
  } else
    for (let row = 0; row < rows && found < count; row++)
      if ((bytes[row >> 3]! >> (row & 7)) & 1) wrong[found++] = row
  return wrong
}
