// How well scores tell malware from the rest.

/** The area under the ROC curve: how often a malicious row scores above a benign one; ties count half. */
export function areaUnderCurve(labels: Uint8Array, scores: ArrayLike<number>): number {
  const order = Array.from(labels.keys()).sort((a, b) => scores[a]! - scores[b]!)
  let rankSum = 0
  let bad = 0
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++
    for (const row of order.slice(start, end)) {
      if (labels[row] === 0) continue
      bad++
      rankSum += (start + 1 + end) / 2
    }
    start = end
  }
  return (rankSum - (bad * (bad + 1)) / 2) / (bad * (order.length - bad))
}

/** The share of rows with the given label whose score is at least `from`. */
export function shareFrom(labels: Uint8Array, scores: ArrayLike<number>, label: 0 | 1, from: number): number {
  let all = 0
  let above = 0
  for (const [row, own] of labels.entries()) {
    if (own !== label) continue
    all++
    if (scores[row]! >= from) above++
  }
  return all === 0 ? Number.NaN : above / all
}
