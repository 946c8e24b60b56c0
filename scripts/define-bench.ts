/** A goal for one figure: at most or at least. */
export interface Goal {
  max?: number
  min?: number
}

export interface Measured {
  params: Record<string, unknown>
  /** Numbers, each named with its unit: `scan1e6Ms`. */
  figures: Record<string, number>
  /** The same figures of other programs, measured in the same run. */
  peers?: Record<string, Record<string, number>>
}

export interface Bench {
  name: string
  description: string
  goals: Record<string, Goal>
  /** Measures from a clean state. `quick` ends within 45 s; `progress` writes a line to stderr. */
  run(options: { quick: boolean; progress(line: string): void }): Promise<Measured>
}

/** Declares a benchmark: one file of `bench/`, named as the benchmark. */
export function defineBench(bench: Bench): Bench {
  return bench
}

/** The middle value; of an even number of them, the mean of the two. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value below which a share `p` (0 to 1) lies, interpolated. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * p
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? low
  return low + (high - low) * (at - Math.floor(at))
}
