import type { YaraX } from '@litko/yara-x'

export interface Matches {
  matches: string
  count: number
  strings: string
  tags: string
}

/** Places of one string that are told; a rule that matches everywhere would fill the result. */
const maxPerString = 1000

/**
 * Scans bytes and tells as osquery does: names of the rules that match, how many, `$string:offset` in hexadecimal for each place, and
 * the rules' tags, each list separated by commas. `address` turns an offset within the bytes into the one to tell.
 */
export function matchesIn(
  rules: YaraX,
  bytes: Buffer,
  address: (offset: number) => number | bigint = (at) => at,
): Matches {
  rules.setMaxMatchesPerPattern(maxPerString)
  const found = rules.scan(bytes)
  return {
    matches: found.map((rule) => rule.ruleIdentifier).join(','),
    count: found.length,
    strings: found
      .flatMap((rule) =>
        rule.matches.map(({ identifier, offset }) => `${identifier}:${address(offset).toString(16)}`),
      )
      .join(','),
    tags: found.flatMap((rule) => rule.tags).join(','),
  }
}
