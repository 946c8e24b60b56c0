export interface Metric {
  /** Name with labels in braces, as it stands there. */
  name: string
  value: number
  /** Milliseconds since 1970. */
  time: number | undefined
}

/** A line of Prometheus's text format: a name, labels in braces with quoted values, a value, perhaps a time. */
const linePattern = /^([a-zA-Z_:][\w:]*(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?)\s+(\S+)(?:\s+(-?\d+))?\s*$/
const special: Record<string, number> = {
  '+Inf': Infinity,
  Inf: Infinity,
  '-Inf': -Infinity,
  NaN: Number.NaN,
}

/** Yields the samples of a text in Prometheus's format; comments and lines that are none are left out. */
export function* parseMetrics(text: string): Generator<Metric> {
  for (const line of text.split('\n')) {
    const [, name, value, time] = linePattern.exec(line.trim()) ?? []
    if (name === undefined || value === undefined) continue
    const number = special[value] ?? Number(value)
    if (!Number.isNaN(number) || value === 'NaN')
      yield { name, value: number, time: time ? Number(time) : undefined }
  }
}
