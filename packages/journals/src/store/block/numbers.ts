/** Numbers are kept as planes: the lowest bytes of all of them, then the next ones, which compresses better than one after the other. */
export function toPlanes(values: readonly number[] | Float64Array): Buffer {
  let most = 0
  for (const value of values) if (value > most) most = value
  let width = 0
  for (let left = most; left >= 1; left = Math.floor(left / 256)) width++
  const out = Buffer.allocUnsafe(1 + width * values.length)
  out[0] = width
  const count = values.length
  for (let index = 0; index < count; index++) {
    let value = values[index]!
    for (let plane = 0; plane < width; plane++) {
      const rest = Math.floor(value / 256)
      out[1 + plane * count + index] = value - rest * 256
      value = rest
    }
  }
  return out
}

/** Reads what `toPlanes` wrote. */
export function fromPlanes(bytes: Buffer): Float64Array {
  const width = bytes[0] ?? 0
  const count = width === 0 ? 0 : (bytes.length - 1) / width
  if (!Number.isInteger(count)) throw new Error('planes of different lengths')
  const values = new Float64Array(count)
  let scale = 1
  for (let plane = 0; plane < width; plane++, scale *= 256) {
    const from = 1 + plane * count
    if (plane === 0) for (let index = 0; index < count; index++) values[index] = bytes[from + index]!
    else for (let index = 0; index < count; index++) values[index]! += bytes[from + index]! * scale
  }
  return values
}

/** `fromPlanes` for a known count, as planes of zeros have no length. */
export function planesOf(bytes: Buffer, count: number): Float64Array {
  const values = fromPlanes(bytes)
  if (values.length === count) return values
  if (values.length === 0) return new Float64Array(count)
  throw new Error(`${values.length} numbers instead of ${count}`)
}

/** Folds the sign into the lowest bit. Whole numbers within ±2^52. */
export const zigzag = (value: number) => (value >= 0 ? value * 2 : -value * 2 - 1)

export const unzigzag = (value: number) => (value % 2 === 0 ? value / 2 : -(value + 1) / 2)

/** Whole numbers whose differences still fit. */
export const FITS = 2 ** 50
