import type { PivotType } from '../pivots.ts'
import type { Candidate } from './parse-indicators.ts'

/**
 * Object paths of patterns and what they hold. Source: STIX 2.1 (OASIS), sections 6 (cyber observables) and 9 (patterning).
 */
const paths: [RegExp, PivotType][] = [
  [/^file:hashes\.'?sha-?256'?$/i, 'sha256'],
  [/^file:hashes\.'?sha-?1'?$/i, 'sha1'],
  [/^file:hashes\.'?md5'?$/i, 'md5'],
  [/^ipv[46]-addr:value$/i, 'ipAddress'],
  [/^domain-name:value$/i, 'domain'],
  [/^url:value$/i, 'url'],
  [/^directory:path$/i, 'filePath'],
  [/^file:name$/i, 'processName'],
  [/^process:command_line$/i, 'cmdline'],
  [/^windows-registry-key:key$/i, 'registryKey'],
  [/^user-account:(user_id|account_login)$/i, 'username'],
]

interface StixObject {
  type?: string
  pattern?: string
  pattern_type?: string
  value?: string
  path?: string
  hashes?: Record<string, string>
  revoked?: boolean
}

const text = String.raw`'(?:[^'\\]|\\.)*'`
const comparison = new RegExp(
  String.raw`([a-z0-9-]+:[\w.\-[\]*]+(?:'[^']*')?)\s*(NOT\s+)?(=|!=|>=?|<=?|IN|LIKE|MATCHES|ISSUBSET|ISSUPERSET)\s*(${text}|\(\s*${text}(?:\s*,\s*${text})*\s*\))`,
  'g',
)

/** Reads a bundle of STIX 2.1: the equalities of its indicators’ patterns, and its observables. */
export function parseStix(json: unknown): Candidate[] {
  const { objects } = json as { objects?: StixObject[] }
  const list = Array.isArray(objects)
    ? objects
    : Array.isArray(json)
      ? (json as StixObject[])
      : [json as StixObject]
  return list.flatMap((object, index) => {
    const place = `object ${index + 1} of the bundle`
    if (object?.type === 'indicator') return ofIndicator(object, place)
    return ofObservable(object ?? {}).map((found) => ({ place, ...found }))
  })
}

function ofIndicator(
  { pattern = '', pattern_type = 'stix', revoked }: StixObject,
  place: string,
): Candidate[] {
  const refuse = (problem: string): Candidate[] => [{ place, text: pattern, problem }]
  if (revoked) return refuse('The indicator was revoked.')
  if (pattern_type !== 'stix') return refuse(`Patterns of the kind ${pattern_type} are not read.`)
  const found = [...pattern.matchAll(comparison)]
  if (found.length === 0) return refuse('The pattern holds no comparison that can be read.')
  return found.flatMap(([whole, path, not, operator, value]): Candidate[] => {
    const type = paths.find(([known]) => known.test(path!))?.[1]
    if (!type) return [{ place, text: whole, problem: `A list has no place for ${path}.` }]
    if (not || (operator !== '=' && operator !== 'IN'))
      return [{ place, text: whole, problem: 'Only equalities can be put into a list.' }]
    const values = value!.match(new RegExp(text, 'g')) ?? []
    return values.map((quoted) => ({ place, type, text: quoted.slice(1, -1).replace(/\\(.)/g, '$1') }))
  })
}

function ofObservable({ type, value, path, hashes }: StixObject): { type: PivotType; text: string }[] {
  const at = (name: string) => paths.find(([known]) => known.test(name))?.[1]
  const found: [string, string | undefined][] = [
    [`${type}:value`, value],
    [`${type}:path`, path],
    ...Object.entries(hashes ?? {}).map(([name, hash]): [string, string] => [
      `${type}:hashes.'${name}'`,
      hash,
    ]),
  ]
  return found.flatMap(([name, content]) => {
    const kind = at(name)
    return kind && typeof content === 'string' ? [{ type: kind, text: content }] : []
  })
}
