import type { Host } from '../host/host.ts'
import { readValue } from './read-value.ts'

export interface Cpus {
  brand: string | null
  /** Number of the model, as the processor gives it. */
  subtype: string | null
  microcode: string | null
  logical: number
  physical: number
  sockets: number
}

/** The processors, from /proc/cpuinfo; without it one of each, and no names. */
export function cpusOf(host: Host): Cpus {
  const blocks = (readValue(host, '/proc/cpuinfo') ?? '').split(/\n\s*\n/).map(fields)
  const processors = blocks.filter((block) => block.has('processor'))
  const first = processors[0] ?? new Map<string, string>()
  const all = (key: (block: Map<string, string>) => string | undefined) =>
    new Set(processors.map(key).filter((value) => value !== undefined)).size
  const sockets = all((block) => block.get('physical id')) || 1
  // A virtual machine or an ARM board may tell nothing of cores: each processor counts as one then.
  const cores = all(
    (block) => block.get('core id') && `${block.get('physical id') ?? 0}/${block.get('core id')}`,
  )
  const logical = processors.length || 1
  return {
    brand: first.get('model name') ?? first.get('Processor') ?? brandOf(blocks),
    subtype: first.get('model') ?? first.get('CPU part') ?? null,
    microcode: first.get('microcode') ?? null,
    logical,
    physical: cores || logical,
    sockets,
  }
}

/** ARM names the board or the maker alone. */
function brandOf(blocks: Map<string, string>[]): string | null {
  const of = (name: string) => blocks.find((block) => block.has(name))?.get(name)
  return of('Hardware') ?? of('Model') ?? of('CPU implementer') ?? null
}

function fields(block: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) found.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  return found
}
