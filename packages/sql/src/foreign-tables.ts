import columns from '../data/foreign-columns.json' with { type: 'json' }
import tables from '../data/foreign-tables.json' with { type: 'json' }

const names: Record<string, string> = { linux: 'Linux', darwin: 'macOS', windows: 'Windows' }

const inWords = (platforms: readonly string[]) =>
  platforms.map((platform) => names[platform] ?? platform).join(' and ')

/** The platforms, in words, of a table that Linux does not have; undefined for any other name. In small letters. */
export function platformsOf(table: string): string | undefined {
  const platforms = (tables as Record<string, readonly string[]>)[table]
  return platforms && inWords(platforms)
}

/** The platforms, in words, of a column that a table of Linux has only elsewhere, where it is empty here. In small letters. */
export function platformsOfColumn(table: string, column: string): string | undefined {
  const found = (columns as Record<string, Record<string, { platforms: readonly string[] }>>)[table]?.[column]
  return found && inWords(found.platforms)
}
