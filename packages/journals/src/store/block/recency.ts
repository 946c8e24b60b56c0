/** How many of the latest ids are remembered. */
const MOST = 250

/**
 * Writes ids by how long ago they were last seen: 0 for an id that is new (new ids rise by one), 1 for the latest one, 2 for the one
 * before; 255 for one that is forgotten, which follows in a list of its own.
 */
export function packRecency(ids: Int32Array): { codes: Buffer; forgotten: number[] } {
  const codes = Buffer.alloc(ids.length)
  const forgotten: number[] = []
  const latest: number[] = []
  let fresh = 0
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!
    if (id === fresh) {
      fresh++
      latest.unshift(id)
    } else {
      const at = latest.indexOf(id)
      if (at < 0) {
        codes[row] = 255
        forgotten.push(id)
        latest.unshift(id)
      } else {
        codes[row] = at + 1
        if (at > 0) {
          latest.copyWithin(1, 0, at)
          latest[0] = id
        }
      }
    }
    if (latest.length > MOST) latest.pop()
  }
  return { codes, forgotten }
}

/** Reads what `packRecency` wrote. */
export function unpackRecency(
  codes: Buffer,
  forgotten: ArrayLike<number>,
): { ids: Int32Array; count: number } {
  const rows = codes.length
  const ids = new Int32Array(rows)
  const latest = new Int32Array(MOST)
  let fresh = 0
  let next = 0
  for (let row = 0; row < rows; row++) {
    const code = codes[row]!
    let id: number
    // How many of the latest ones come before it and move on by one place.
    let moved = code - 1
    if (code === 0) id = fresh++
    else if (code === 255) id = forgotten[next++]!
    else id = latest[moved]!
    if (code === 0 || code === 255) moved = MOST - 1
    if (moved > 8) latest.copyWithin(1, 0, moved)
    else for (let at = moved; at > 0; at--) latest[at] = latest[at - 1]!
    latest[0] = id
    ids[row] = id
  }
  return { ids, count: fresh }
}

/** The order of rows in which each process's lie together: rows of the first id first, each in the order they came. */
export function groupOrder(ids: Int32Array, count: number): Int32Array {
  const starts = new Int32Array(count + 1)
  for (const id of ids) starts[id + 1]!++
  for (let id = 0; id < count; id++) starts[id + 1]! += starts[id]!
  const order = new Int32Array(ids.length)
  for (let row = 0; row < ids.length; row++) order[starts[ids[row]!]!++] = row
  return order
}

/** The values of rows in another order. */
export function inOrder(values: ArrayLike<number>, order: Int32Array): Int32Array {
  const ordered = new Int32Array(order.length)
  for (let row = 0; row < ordered.length; row++) ordered[row] = values[order[row]!]!
  return ordered
}
