/** Random numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A copy with some bytes changed, cut or put in. */
export function mutated(bytes: Buffer, random: () => number): Buffer {
  let result = Buffer.from(bytes)
  const at = () => Math.floor(random() * (result.length + 1))
  for (let changes = 1 + Math.floor(random() * 8); changes > 0; changes -= 1) {
    const way = random()
    if (way < 0.6 && result.length > 0) result[Math.min(at(), result.length - 1)] = Math.floor(random() * 256)
    else if (way < 0.8) result = result.subarray(0, at())
    else {
      const from = at()
      const more = Buffer.from(
        Array.from({ length: Math.floor(random() * 16) }, () => Math.floor(random() * 256)),
      )
      result = Buffer.concat([result.subarray(0, from), more, result.subarray(from)])
    }
  }
  return result
}
