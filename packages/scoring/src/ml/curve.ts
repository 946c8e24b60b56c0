// From a probability to a score: a rank with a known share of false alarms, not a probability.

/** Corners of a curve of straight lines: a probability and its score, both rising, from [0, 0] to [1, 100]. */
export type Curve = [probability: number, score: number][]

/** The curve on which a score of 30 means the probability `suspect`; 20 and 60 lie where a model of that threshold bends. */
export const curveFrom = (suspect: number): Curve => [
  [0, 0],
  [round(suspect * (7 / 9)), 20],
  [suspect, 30],
  [round(suspect + (1 - suspect) / 2), 60],
  [1, 100],
]

const round = (number: number) => Math.round(number * 10_000) / 10_000

/** The score of a probability, a whole number from 0 to 100. */
export function scoreOn(curve: Curve, probability: number): number {
  for (const [index, [right, high]] of curve.entries()) {
    if (index === 0 || probability > right) continue
    const [left, low] = curve[index - 1]!
    return Math.floor(low + ((high - low) * (probability - left)) / (right - left))
  }
  return 100
}
