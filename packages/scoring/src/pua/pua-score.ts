// `pua_score`: how much speaks for a potentially unwanted application, as a sum of reasons.
import type { RuleMatch } from '@litko/yara-x'
import type { Evidence, Scored } from '../evidence.ts'
import { unknown } from '../evidence.ts'

/** What the engines found; undefined for one that did not run. */
export interface PuaFindings {
  /** Signs in the structure of a PE file. */
  structure?: (Evidence & { weight: number })[]
  /** ClamAV's signature, or null for none. */
  clamav?: string | null
  yara?: Pick<RuleMatch, 'ruleIdentifier' | 'tags' | 'meta'>[]
}

/** Structure alone never makes a verdict. */
const mostOfStructure = 40
const puaTags = ['pua', 'adware', 'hacktool']
const defaultOfRule = 60

/** Adds up what was found, 100 at most; −1 when no engine could look at the file. */
export function puaScore({ structure, clamav, yara }: PuaFindings): Scored {
  if (structure === undefined && clamav === undefined && yara === undefined)
    return unknown(
      'no_engine',
      'No engine looked at it: it is no Windows program, and neither ClamAV nor YARA rules are here.',
    )
  const signs = structure ?? []
  const signature = clamav ? fromSignature(clamav) : []
  const rules = (yara ?? []).flatMap(fromRule)
  const sum =
    Math.min(mostOfStructure, sumOf(signs)) +
    Math.max(0, ...[...signature, ...rules].map(({ weight }) => weight))
  const evidence: Evidence[] = [...signature, ...rules, ...signs]
  if (evidence.length === 0) evidence.push({ code: 'nothing_found', text: 'No engine found anything.' })
  return { score: Math.min(100, sum), evidence }
}

const sumOf = (signs: { weight: number }[]) => signs.reduce((sum, { weight }) => sum + weight, 0)

/** ClamAV names unwanted applications `PUA.…`; other signatures are malware and no matter of this score. */
function fromSignature(signature: string) {
  if (!signature.startsWith('PUA.')) return []
  const kind = /^PUA\.[^.]+\.(Packer|Tool)\./.exec(signature)?.[1]
  const weight = kind === 'Packer' ? 25 : kind === 'Tool' ? 60 : 80
  return [{ code: 'clamav', weight, text: `ClamAV: ${signature}.`, signature }]
}

function fromRule({ ruleIdentifier, tags, meta }: Pick<RuleMatch, 'ruleIdentifier' | 'tags' | 'meta'>) {
  if (!tags.some((tag) => puaTags.includes(tag.toLowerCase()))) return []
  const given = Number((meta as Record<string, unknown> | undefined)?.score)
  const weight = Number.isFinite(given) ? Math.min(100, Math.max(0, given)) : defaultOfRule
  return [{ code: 'yara', weight, text: `YARA rule ${ruleIdentifier}.`, rule: ruleIdentifier }]
}
