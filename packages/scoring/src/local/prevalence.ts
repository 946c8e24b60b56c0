// What many devices have had for long is more likely one's own software than an intruder's.
import type { Scored } from '../evidence.ts'

const manyDevices = 10
const longMillis = 30 * 86_400_000
const points = 15
/** Prevalence alone makes nothing known good. */
const most = 69
const byPlace = 'place'

/** Adds to the reputation of a file that only its place speaks for, when at least 10 devices have met it, the first 30 days ago. */
export function withPrevalence(
  judged: Scored,
  known: { devices: number; firstSeenAt: number } | undefined,
  now: number,
): Scored {
  if (!known || known.devices < manyDevices || now - known.firstSeenAt < longMillis) return judged
  if (judged.evidence[0]?.code !== byPlace) return judged
  const days = Math.floor((now - known.firstSeenAt) / 86_400_000)
  const text = `${known.devices} of your devices have met it, the first ${days} days ago.`
  return {
    score: Math.min(most, judged.score + points),
    evidence: [...judged.evidence, { code: 'prevalence', text, weight: points }],
  }
}
