import { openBudget } from './budget.ts'

export interface Admission {
  /** Whether an event of this order is taken; it counts against the budget then. */
  admits(shedOrder: number): boolean
}

/**
 * Keeps a stream of events that does not end from filling the disk, and with it from pushing out the past: the less of the budget is
 * left, the fewer orders are taken. The most valuable ones go when nothing is left.
 * @param perSecond events that may come for ever. @param burst events that may come at once.
 * @param orders how many orders of shedding there are.
 */
export function openAdmission(
  perSecond: number,
  burst: number,
  orders: number,
  now: () => number,
): Admission {
  const budget = openBudget(burst, perSecond, now)
  return {
    admits(shedOrder) {
      // Order 0 may take the budget to its end; the higher the order, the more it leaves, up to a half.
      const reserve = (shedOrder / orders) * 0.5
      if (budget.left() <= reserve) return false
      budget.take(1)
      return true
    },
  }
}
