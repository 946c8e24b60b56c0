/** An amount that refills with time: short bursts may take all of it, a long stream no more than what comes in. */
export interface Budget {
  /** Share that is left, 0 to 1. */
  left(): number
  take(amount: number): void
}

/** @param most of it at once. @param perSecond that come in. @param now milliseconds of a clock that is never set. */
export function openBudget(most: number, perSecond: number, now: () => number): Budget {
  let amount = most
  let filled = now()
  return {
    left() {
      const at = now()
      amount = Math.min(most, amount + ((at - filled) * perSecond) / 1000)
      filled = at
      return amount / most
    },
    take(taken) {
      amount = Math.max(0, amount - taken)
    },
  }
}
