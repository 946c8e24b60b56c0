import { readdirSync } from 'node:fs'
import type { Source } from './source.ts'

export interface LoadedSources {
  /** By rank, the best first. */
  sources: Source[]
  /** Sources whose file could not be loaded, each with a sentence why. */
  failed: string[]
}

/** Loads every source: a file of `sources/` each, named after it, as its default export. */
export async function loadSources(folder = new URL('./sources/', import.meta.url)): Promise<LoadedSources> {
  const loaded: LoadedSources = { sources: [], failed: [] }
  for (const file of readdirSync(folder).sort()) {
    const name = /^([a-z0-9_]+)\.ts$/.exec(file)?.[1]
    if (!name) continue
    try {
      const module = (await import(new URL(file, folder).href)) as { default: Source }
      loaded.sources.push(module.default)
    } catch (error) {
      loaded.failed.push(`The source ${name} could not be loaded: ${sentence(error)}`)
    }
  }
  loaded.sources.sort((a, b) => b.rank - a.rank)
  return loaded
}

/** What an error says, as one line that ends with a full stop and is short enough to be told to the server. */
export function sentence(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim()
  const short = text.length > 400 ? `${text.slice(0, 399)}…` : text
  return /[.!?…]$/.test(short) ? short : `${short}.`
}
