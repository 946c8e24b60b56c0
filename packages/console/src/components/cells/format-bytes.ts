const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Writes a number of bytes for people in units of 1,000: `14.2 kB`. Three figures at most. */
export function formatBytes(bytes: number): string {
  let value = Math.abs(bytes)
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const figures = unit === 0 || value >= 99.95 ? Math.round(value) : Math.round(value * 10) / 10
  return `${bytes < 0 ? '−' : ''}${figures} ${UNITS[unit]}`
}
