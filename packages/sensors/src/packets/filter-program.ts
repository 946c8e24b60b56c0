// The classic packet filter that every Linux has (Documentation/networking/filter.rst): a small program that the kernel runs on each
// packet, from its IP header on.

/** Codes of the instructions that are used here. P is the packet, A and X are registers, M the memory. */
const codes = {
  /** A = value */
  loadValue: 0x00,
  /** A = P[value], 4, 2 or 1 bytes; the packet is dropped when it ends before. */
  loadWord: 0x20,
  loadHalf: 0x28,
  loadByte: 0x30,
  /** A = P[X + value] */
  loadWordAtX: 0x40,
  loadHalfAtX: 0x48,
  loadByteAtX: 0x50,
  loadMemory: 0x60,
  loadLength: 0x80,
  /** X = value */
  loadX: 0x01,
  /** X = 4 × (P[value] & 15) */
  loadXHeaderLength: 0xb1,
  store: 0x02,
  and: 0x54,
  shiftRight: 0x74,
  addX: 0x0c,
  moveToX: 0x07,
  jumpEqual: 0x15,
  jumpGreater: 0x25,
  jumpAtLeast: 0x35,
  jumpAnySet: 0x45,
  /** Hands over at most so many bytes of the packet; 0 drops it. */
  give: 0x06,
} as const

interface Step {
  code: number
  value: number
  yes: string | undefined
  no: string | undefined
}

/** Collects instructions. Jumps name the place where they go, always further on; without a name the next instruction follows. */
export class FilterProgram {
  readonly #steps: Step[] = []
  readonly #places = new Map<string, number>()

  add(name: keyof typeof codes, value = 0, yes?: string, no?: string): this {
    this.#steps.push({ code: codes[name], value, yes, no })
    return this
  }

  jump(place: string): this {
    return this.add('jumpAtLeast', 0, place, place)
  }

  /** Names the next instruction. */
  at(place: string): this {
    this.#places.set(place, this.#steps.length)
    return this
  }

  /** An array of `struct sock_filter`. */
  bytes(): Buffer {
    const out = Buffer.alloc(this.#steps.length * 8)
    for (const [index, { code, value, yes, no }] of this.#steps.entries()) {
      const distance = (place: string | undefined) =>
        place === undefined ? 0 : (this.#places.get(place) ?? Number.NaN) - index - 1
      out.writeUInt16LE(code, index * 8)
      out.writeUInt8(distance(yes), index * 8 + 2)
      out.writeUInt8(distance(no), index * 8 + 3)
      out.writeUInt32LE(value >>> 0, index * 8 + 4)
    }
    return out
  }
}
