import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * Writes `packages/tables/data/foreign-tables.json`: the tables that exist only on platforms other than Linux, with these. Needs
 * the osquery schema that lies beside the checkout; where it is absent, says so and changes nothing.
 */
const source = new URL('../../shared/data/osquery-schema.json', import.meta.url)
const target = new URL('../packages/tables/data/foreign-tables.json', import.meta.url)

/** The vendor's tables that only Windows has. */
const vendorWindows = [
  'sophos_amsi_journal',
  'sophos_powershell_events',
  'sophos_registry_journal',
  'sophos_thread_journal',
  'sophos_windows_events',
]

if (!existsSync(source)) {
  console.log('The osquery schema is not beside this checkout; foreign-tables.json stays as it is.')
  process.exit(0)
}

const schema: Record<string, { platforms: string[]; aliases: string[] }> = JSON.parse(
  readFileSync(source, 'utf8'),
)
const foreign = new Map<string, string[]>(vendorWindows.map((name) => [name, ['windows']]))
for (const [name, { platforms, aliases }] of Object.entries(schema)) {
  if (platforms.includes('linux')) continue
  for (const one of [name, ...aliases]) foreign.set(one, platforms)
}
const lines = [...foreign]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([name, platforms]) =>
      `  ${JSON.stringify(name)}: [${platforms.map((one) => JSON.stringify(one)).join(', ')}]`,
  )
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`)
console.log(`${lines.length} tables of other platforms.`)
