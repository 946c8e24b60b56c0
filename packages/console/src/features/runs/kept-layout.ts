import { z } from 'zod'
import { DENSITIES } from '../../components/grid/grid-types.ts'

const Kept = z.object({
  columns: z.array(z.string()).optional(),
  widths: z.record(z.string(), z.number()).default({}),
})
export type KeptLayout = z.infer<typeof Kept>

const keyOf = (query: string) => `quarry.columns.${query}`
const DENSITY_KEY = 'quarry.density'
const Density = z.enum(Object.keys(DENSITIES) as (keyof typeof DENSITIES)[])

/** Reads what this browser remembers of a query's columns; nothing when it cannot be read. */
export function readLayout(storage: Storage, query: string): KeptLayout {
  return read(Kept, storage, keyOf(query)) ?? { widths: {} }
}

/** Remembers the columns of a query. A full or forbidden storage is no error: then it is forgotten with the page. */
export function keepLayout(storage: Storage, query: string, layout: KeptLayout): void {
  keep(storage, keyOf(query), layout)
}

export function readDensity(storage: Storage): keyof typeof DENSITIES {
  return read(Density, storage, DENSITY_KEY) ?? 'normal'
}

export function keepDensity(storage: Storage, density: keyof typeof DENSITIES): void {
  keep(storage, DENSITY_KEY, density)
}

function read<T>(type: z.ZodType<T>, storage: Storage, key: string): T | undefined {
  try {
    return type.parse(JSON.parse(storage.getItem(key) ?? 'null'))
  } catch {
    return undefined
  }
}

function keep(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value))
  } catch {}
}
