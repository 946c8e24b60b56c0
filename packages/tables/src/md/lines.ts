/** What /proc/mdstat says of the bitmap of an array: `bitmap: 2/8 pages [8KB], 65536KB chunk, file: /b`. */
export function bitmapOf(lines: readonly string[]) {
  const [, pages = '', chunk = '', file = ''] =
    lines
      .map((line) => /^bitmap: (.*?), (\S+) chunk(?:, file: (.*))?$/.exec(line))
      .find((found) => found !== null) ?? []
  return { bitmap_on_mem: pages, bitmap_chunk_size: chunk, bitmap_external_file: file }
}

const actions = { recovery: 'recovery', resync: 'resync', reshape: 'reshape', check: 'check_array' } as const
type Action = (typeof actions)[keyof typeof actions]
type Progress = Partial<Record<`${Action}_${'progress' | 'finish' | 'speed'}`, string>>

/** What it says of work in progress: `[=>....]  recovery = 12.6% (37043392/292945152) finish=127.5min speed=33440K/sec`. */
export function progressOf(lines: readonly string[]): Progress {
  const found: Progress = {}
  for (const line of lines) {
    const [, word, progress, rest = ''] = /(\w+)\s*=\s*([\d.]+% \(\d+\/\d+\))(.*)$/.exec(line) ?? []
    if (word === undefined || !Object.hasOwn(actions, word)) continue
    const name = actions[word as keyof typeof actions]
    found[`${name}_progress`] = progress
    found[`${name}_finish`] = /finish=(\S+)/.exec(rest)?.[1] ?? ''
    found[`${name}_speed`] = /speed=(\S+)/.exec(rest)?.[1] ?? ''
  }
  return found
}
