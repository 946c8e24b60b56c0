// Opens the scores of a device without loading them: most queries ask for none, and each runs in a process of its own.
import { createRequire } from 'node:module'
import type { Host, ScoredFile, Scores } from '@quarry/tables/host-ports'

const require = createRequire(import.meta.url)

export interface Scoring {
  /** The scores of a file. Undefined when it cannot be read; never throws. */
  of(host: Host, file: ScoredFile): Scores | undefined
  /** Makes the index of packages and loads the model, which else the first file does. */
  prepare(host: Host): void
  close(): void
}

/** Opens the scores of a device; everything is loaded with the first file. `dir` keeps the caches; without it they are
 * in memory. `waits`: a moment for what the server says, as a query does (default). */
export function openScoring(dir: string | undefined, options?: { waits: boolean }): Scoring {
  let loaded: Scoring | undefined
  const load = () => {
    loaded ??= (require('./scoring.ts') as typeof import('./scoring.ts')).loadScoring(dir, options)
    return loaded
  }
  return {
    of: (host, file) => load().of(host, file),
    prepare: (host) => load().prepare(host),
    close: () => loaded?.close(),
  }
}
