// From what sources say of a file to one number: bad beats good, and looked up without a trace is 30.
import type { EnrichmentItem } from '@quarry/schema/endpoints/enrichments'

export interface Evidence {
  code: string
  text: string
  worth: number
  source: string
}

const unknownEverywhere = 30
const badBelow = 30
const dayMillis = 86_400_000

type Fields = EnrichmentItem['fields']
type Worth = (fields: Fields, now: number) => number | undefined
const number = (value: Fields[string] | undefined) => (typeof value === 'number' ? value : 0)

/** What a hit of each shipped connector is worth; other connectors are worth what their verdict is. */
const worthOf: Record<string, Worth> = {
  malwarebazaar: () => 2,
  threatfox: () => 5,
  circl_hashlookup: ({ malicious, trust }) =>
    malicious !== undefined
      ? 10
      : trust === undefined
        ? undefined
        : Math.min(90, Math.max(50, number(trust) + 20)),
  hashlookup_bloom: ({ known }) => (known === true ? 72 : undefined),
  virustotal: (fields, now) => {
    const malicious = number(fields.malicious)
    const engines =
      malicious + number(fields.suspicious) + number(fields.harmless) + number(fields.undetected)
    if (malicious >= 10) return /\b(adware|pua|pup)\b/i.test(String(fields.threat ?? '')) ? 25 : 5
    if (malicious >= 4) return 15
    if (malicious >= 1) return 35
    const firstSeen = Date.parse(String(fields.firstSeen ?? ''))
    return engines >= 50 && now - firstSeen > 30 * dayMillis ? 80 : undefined
  },
}
const worthOfVerdict: Record<string, number> = { malicious: 10, suspicious: 35, harmless: 72 }

/** What one answer of a connector says; undefined when it has no answer, or none that says anything. */
export function evidenceOf(
  connector: { id: string; name: string },
  item: Pick<EnrichmentItem, 'status' | 'verdict' | 'fields'>,
  now: number,
): Evidence | undefined {
  const { id: source, name } = connector
  if (item.status === 'notFound')
    return { source, code: 'not_known', worth: unknownEverywhere, text: `${name} does not know it.` }
  if (item.status !== 'found') return undefined
  const rule = worthOf[source]
  const worth = rule ? rule(item.fields, now) : worthOfVerdict[item.verdict ?? '']
  if (worth === undefined)
    return {
      source,
      code: 'no_verdict',
      worth: unknownEverywhere,
      text: `${name} knows it and says nothing for or against it.`,
    }
  return {
    source,
    code: worth < badBelow ? 'bad' : worth < 70 ? 'doubtful' : 'good',
    worth,
    text: sentence(name, worth),
  }
}

const sentence = (name: string, worth: number) =>
  worth < 20
    ? `${name} knows it as malware.`
    : worth < badBelow
      ? `${name} knows it as an unwanted application.`
      : worth < 70
        ? `${name} is in doubt about it.`
        : `${name} knows it as published software.`

const saysNothing = new Set(['not_known', 'no_verdict'])

/** One number for all that was said: the worst of what speaks against a file, else the best; −1 when nobody said anything. */
export function reputationOf(evidence: readonly Evidence[]): number {
  if (evidence.length === 0) return -1
  const against = evidence.filter(({ code, worth }) => worth < 50 && !saysNothing.has(code))
  if (against.length > 0) return Math.min(...against.map(({ worth }) => worth))
  return Math.max(...evidence.map(({ worth }) => worth))
}
