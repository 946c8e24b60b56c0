import type { YaraX } from '@litko/yara-x'
import type { MemoryPart } from '../host/process-memory.ts'
import { type Matches, matchesIn } from './matches.ts'

const windowSize = 32 << 20

interface Place {
  offset: number
  address: number
}

/** Scans memory in windows of 32 MiB of what can be read, by each of some rules. A rule counts once, its strings in every window. */
export function scanMemory(parts: Iterable<MemoryPart>, rules: readonly YaraX[]): Matches[] {
  const found = rules.map(() => ({
    matches: new Set<string>(),
    strings: [] as string[],
    tags: new Set<string>(),
  }))
  const window = Buffer.allocUnsafeSlow(windowSize)
  let filled = 0
  let places: Place[] = []

  function scan() {
    const address = (offset: number) => {
      const place = places.findLast((one) => one.offset <= offset)
      return place ? place.address + offset - place.offset : offset
    }
    for (const [at, one] of rules.entries()) {
      const { matches, strings, tags } = matchesIn(one, window.subarray(0, filled), address)
      for (const name of list(matches)) found[at]!.matches.add(name)
      for (const tag of list(tags)) found[at]!.tags.add(tag)
      found[at]!.strings.push(...list(strings))
    }
    filled = 0
    places = []
  }
  for (const { address, bytes } of parts) {
    if (filled + bytes.length > windowSize) scan()
    places.push({ offset: filled, address })
    filled += bytes.copy(window, filled)
  }
  if (filled > 0) scan()
  return found.map(({ matches, strings, tags }) => ({
    matches: [...matches].join(','),
    count: matches.size,
    strings: strings.join(','),
    tags: [...tags].join(','),
  }))
}

const list = (text: string) => (text === '' ? [] : text.split(','))
