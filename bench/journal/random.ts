/** Random numbers that are the same for the same seed. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let value = this.#state
    value = Math.imul(value ^ (value >>> 15), value | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number {
    return Math.floor(this.next() * below)
  }

  between(low: number, high: number): number {
    return low + this.int(high - low + 1)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)]!
  }

  /** Few are common and most are rare: index 0 is the most common one. */
  zipf(size: number): number {
    return Math.min(size - 1, Math.floor(size ** this.next()) - 1)
  }

  /** Long-tailed around a middle value, as sizes and durations are. */
  around(middle: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
    return Math.max(1, Math.round(middle * Math.exp(normal)))
  }

  hex(length: number): string {
    let text = ''
    while (text.length < length)
      text += this.int(2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return text.slice(0, length)
  }

  letters(length: number): string {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
    let text = ''
    for (let index = 0; index < length; index++) text += letters[this.int(62)]
    return text
  }
}
