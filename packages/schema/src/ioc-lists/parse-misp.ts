import type { PivotType } from '../pivots.ts'
import type { Candidate } from './parse-indicators.ts'

/** Types of attributes and what they hold. Source: the MISP core format (draft-dulaunoy-misp-core-format), section on attributes. */
const types: Record<string, PivotType> = {
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  'ip-src': 'ipAddress',
  'ip-dst': 'ipAddress',
  ip: 'ipAddress',
  domain: 'domain',
  hostname: 'domain',
  url: 'url',
  uri: 'url',
  link: 'url',
  regkey: 'registryKey',
  'target-user': 'username',
  'process-state': 'processName',
}
/** Parts of a composite that are no indicator of their own. */
const silent = new Set(['port', 'value', 'filename'])

interface Attribute {
  type?: string
  value?: string
  to_ids?: boolean
  deleted?: boolean
}
interface Event {
  Attribute?: Attribute[]
  Object?: { Attribute?: Attribute[] }[]
}

/** Reads an event of MISP, or the answer to a search with several: attributes and those of objects. */
export function parseMisp(json: unknown): Candidate[] {
  const root = json as { Event?: Event; response?: { Event?: Event }[] | { Attribute?: Attribute[] } } & Event
  const events: Event[] = Array.isArray(root.response)
    ? root.response.map((each) => each.Event ?? {})
    : [root.Event ?? root.response ?? root]
  const attributes = events.flatMap(({ Attribute = [], Object: objects = [] }) => [
    ...Attribute,
    ...objects.flatMap((object) => object.Attribute ?? []),
  ])
  return attributes.flatMap((attribute, index) => ofAttribute(attribute, `attribute ${index + 1}`))
}

function ofAttribute({ type = '', value = '', to_ids, deleted }: Attribute, place: string): Candidate[] {
  if (deleted) return []
  if (to_ids === false)
    return [{ place, text: value, problem: 'The event marks it as no indicator (to_ids).' }]
  const names = type.split('|')
  const parts = names.length > 1 ? value.split('|') : [value]
  const found = names.flatMap((name, index) => {
    if (names.length > 1 && silent.has(name)) return []
    const text = parts[index] ?? ''
    const kind = types[name] ?? (name === 'filename' && text.includes('/') ? 'filePath' : undefined)
    return kind ? [{ place, type: kind, text }] : []
  })
  return found.length > 0 ? found : [{ place, text: value, problem: `A list has no place for “${type}”.` }]
}
