import type {
  Condition,
  ConnectorResponse,
  ResponseField,
  Verdict,
  VerdictRule,
} from '@quarry/schema/connectors/connector'
import { parseJsonPath, readJsonPath } from '@quarry/schema/connectors/json-path'
import { fillTemplate } from '@quarry/schema/connectors/template'
import type { FieldValue } from '@quarry/schema/endpoints/enrichments'

/** What a connector says of a value: what is kept and shown. */
export interface Mapped {
  status: 'found' | 'notFound'
  verdict?: Verdict
  fields: Record<string, FieldValue>
  links: { label: string; url: string }[]
}

const maxText = 2000
const maxList = 100

/** Tells whether an answer fulfils a condition; one that names no status is about successful answers in JSON. */
export function holds(condition: Condition, status: number, answer: unknown): boolean {
  if (condition.status ? !condition.status.includes(status) : !successful(status, answer)) return false
  if (condition.path === undefined) return condition.status !== undefined
  const found = at(condition.path, answer)
  if (condition.exists !== undefined && condition.exists !== present(found)) return false
  return condition.equals === undefined || found.some((each) => among(condition.equals!, each))
}

const successful = (status: number, answer: unknown) => status >= 200 && status < 300 && answer !== undefined

/** Reads fields, verdict and links out of an answer. A field that it lacks is left out. */
export function mapAnswer(
  response: ConnectorResponse,
  value: string,
  status: number,
  answer: unknown,
): Mapped {
  const links = response.links.map(({ label, url }) => ({
    label,
    url: fillTemplate(url, value, () => undefined, encodeURIComponent) ?? url,
  }))
  if (response.notFound.some((condition) => holds(condition, status, answer)))
    return { status: 'notFound', fields: {}, links: [] }
  const fields: Mapped['fields'] = {}
  for (const [name, field] of Object.entries(response.fields)) {
    const read = readField(field, answer)
    if (read !== undefined) fields[name] = read
  }
  const verdict =
    response.verdict.find((rule) => ruleHolds(rule, fields[rule.field]))?.verdict ?? response.otherwise
  return { status: 'found', fields, links, ...(verdict && { verdict }) }
}

function readField(field: ResponseField, answer: unknown): FieldValue | undefined {
  const found = at(field.path, answer)
  if (field.type === 'count')
    return found.length === 1 && Array.isArray(found[0]) ? found[0].length : found.length
  if (field.type === 'list') {
    const members = found.flatMap((each) => (Array.isArray(each) ? each : [each]))
    const scalars = members.flatMap((each): (string | number)[] =>
      typeof each === 'string' ? [each.slice(0, maxText)] : typeof each === 'number' ? [each] : [],
    )
    return scalars.length > 0 ? [...new Set(scalars)].slice(0, maxList) : undefined
  }
  const first = found.find((each) => each !== null && each !== undefined && each !== '')
  if (first === undefined) return undefined
  return readScalar(field.type, first)
}

function readScalar(type: ResponseField['type'], value: unknown): FieldValue | undefined {
  if (type === 'integer' || type === 'number') {
    const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
    return Number.isFinite(number) ? (type === 'integer' ? Math.trunc(number) : number) : undefined
  }
  if (type === 'boolean') {
    if (typeof value === 'boolean') return value
    return value === 'true' || value === 1 ? true : value === 'false' || value === 0 ? false : undefined
  }
  if (type === 'time') return readTime(value)
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.slice(0, maxText)
}

/** Unix seconds, or a date in text; one without a zone is UTC, as services mean it. Returned in RFC 3339, UTC. */
function readTime(value: unknown): string | undefined {
  const unix = typeof value === 'number' || /^\d{9,10}$/.test(String(value))
  const text = String(value)
    .trim()
    .replace(/ UTC$/, 'Z')
    .replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, '$1T$2')
  const zoned = /T[\d:.]+$/.test(text) ? `${text}Z` : text
  const date = unix ? new Date(Number(value) * 1000) : new Date(zoned)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

function ruleHolds(rule: VerdictRule, value: FieldValue | undefined): boolean {
  if (rule.exists !== undefined && rule.exists !== (value !== undefined && present([value]))) return false
  if (rule.atLeast !== undefined && !(typeof value === 'number' && value >= rule.atLeast)) return false
  if (rule.atMost !== undefined && !(typeof value === 'number' && value <= rule.atMost)) return false
  if (rule.equals === undefined) return true
  return (Array.isArray(value) ? value : [value]).some((each) => among(rule.equals!, each))
}

function at(path: string, answer: unknown): unknown[] {
  return readJsonPath(parseJsonPath(path) ?? [], answer)
}

const present = (found: readonly unknown[]) =>
  found.some(
    (each) =>
      each !== null && each !== undefined && each !== '' && !(Array.isArray(each) && each.length === 0),
  )

function among(
  wanted: string | number | boolean | readonly (string | number | boolean)[],
  value: unknown,
): boolean {
  return (Array.isArray(wanted) ? wanted : [wanted]).includes(value as string)
}
