import type { PerformanceScore } from '@quarry/schema'
import type { QueryPerformance } from '@quarry/schema/endpoints/queries'
import { formatBytes } from '../../components/cells/format-bytes.ts'
import { formatDuration } from '../../components/cells/format-duration.ts'
import type { Tone } from '../../components/state-mark.tsx'

export const scoreTones: Record<PerformanceScore, Tone> = {
  excellent: 'good',
  good: 'good',
  fair: 'fair',
  poor: 'bad',
  notEvaluated: 'quiet',
}

/** Data and time of a query on a device in words; undefined where nothing was measured. */
export function costWords(performance: QueryPerformance): { data?: string; time?: string; cpu?: string } {
  const {
    averageDataTransferredInBytes: bytes,
    averageExecutionTimeInMillis: millis,
    averageCpuTimeInMillis: cpu,
  } = performance
  return {
    ...(bytes !== undefined && { data: formatBytes(bytes) }),
    ...(millis !== undefined && { time: formatDuration(millis) }),
    ...(cpu !== undefined && { cpu: formatDuration(cpu) }),
  }
}

/** Bytes that a run on this many devices would bring, by the mean of past runs. */
export function expectedBytes(performance: QueryPerformance, devices: number): string | undefined {
  const mean = performance.averageDataTransferredInBytes
  return mean === undefined ? undefined : formatBytes(mean * devices)
}
