import { AppError, CatalogueQuery } from '@quarry/schema'
import { parse } from 'yaml'

/**
 * Reads a catalogue entry from YAML.
 * @throws AppError bad_catalogue_entry, naming the field
 */
export function parseEntry(yaml: string): CatalogueQuery {
  let value: unknown
  try {
    // No anchors: a small file of aliases could unfold to gigabytes.
    value = parse(yaml, { maxAliasCount: 0 })
  } catch (error) {
    throw new AppError('bad_catalogue_entry', `The YAML cannot be read: ${(error as Error).message.trim()}`)
  }
  const result = CatalogueQuery.safeParse(value)
  if (result.success) return result.data
  const sentences = result.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.length > 0 ? path.join('.') : 'the entry'}: ${message}`)
  throw new AppError('bad_catalogue_entry', `The YAML is not a catalogue entry. ${sentences.join('; ')}.`)
}
