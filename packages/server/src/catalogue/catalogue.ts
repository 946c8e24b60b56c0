import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type CatalogueQuery, type CategoryCode, categories } from '@quarry/schema'
import { ConfigError } from '../config.ts'
import { categoryIdOf, queryIdOf } from './ids.ts'
import { parseEntry } from './parse-entry.ts'

/** The folder that ships with the product. */
export const shippedFolder = join(import.meta.dirname, '../../../../catalogue')

export interface ShippedQuery {
  id: string
  entry: CatalogueQuery
  category: CategoryCode
  /** When the file came to this machine, in milliseconds since 1970. */
  installedAt: number
}

export interface ShippedCategory {
  id: string
  code: string
  name: string
  description: string
  icon: string
}

export type Catalogue = ReturnType<typeof readCatalogue>

/**
 * Reads every `<category>/<name>.yaml` of a folder.
 * @throws ConfigError that names the file and the field which is wrong
 */
export function readCatalogue(folder: string = shippedFolder) {
  const queries = new Map<string, ShippedQuery>()
  for (const file of globSync('*/*.yaml', { cwd: folder }).sort()) {
    const query = readQuery(folder, file)
    queries.set(query.id, query)
  }
  const shipped: ShippedCategory[] = Object.entries(categories).map(([code, category]) => ({
    id: categoryIdOf(code),
    code,
    ...category,
  }))
  return { queries: queries as ReadonlyMap<string, ShippedQuery>, categories: shipped }
}

function readQuery(folder: string, file: string): ShippedQuery {
  const path = join(folder, file)
  const wrong = (why: string) => new ConfigError(`The catalogue file ${path} is wrong: ${why}`)
  const [category, name] = file.replace(/\.yaml$/, '').split('/') as [string, string]
  if (!(category in categories)) throw wrong(`there is no category “${category}”.`)
  let entry: CatalogueQuery
  try {
    entry = parseEntry(readFileSync(path, 'utf8'))
  } catch (error) {
    throw wrong((error as Error).message)
  }
  if (entry.id !== `${category}.${name}`)
    throw wrong(`id: is “${entry.id}” but must be “${category}.${name}”.`)
  return {
    id: queryIdOf(entry.id),
    entry,
    category: category as CategoryCode,
    installedAt: Math.round(statSync(path).mtimeMs),
  }
}
