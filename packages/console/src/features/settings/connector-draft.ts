import type { PivotType } from '@quarry/schema'
import type { ConnectorInput, Verdict } from '@quarry/schema/connectors/connector'
import type { Tlp } from '@quarry/schema/connectors/tlp'

export interface Pair {
  name: string
  value: string
}

/** A connector that asks over HTTP with one request, as the form holds it: texts, as typed. */
export interface ConnectorDraft {
  code: string
  name: string
  description: string
  homepage: string
  types: PivotType[]
  method: 'GET' | 'POST'
  url: string
  query: Pair[]
  headers: Pair[]
  body: 'none' | 'json' | 'form'
  json: string
  form: Pair[]
  secrets: { name: string; label: string; required: boolean }[]
  fields: { name: string; label: string; path: string; type: string }[]
  verdicts: { field: string; op: VerdictOp; value: string; verdict: Verdict }[]
  otherwise: Verdict | ''
  notFoundStatus: string
  notFoundPath: string
  notFoundEquals: string
  links: { label: string; url: string }[]
  requests: number
  perSeconds: number
  perDay: number | ''
  cacheHours: number
  negativeCacheHours: number
  tlp: Tlp
  allowPrivate: boolean
  privateValues: boolean
  /** Hosts besides that of the address, which redirects may lead to. */
  moreHosts: string[]
}

export type VerdictOp = 'atLeast' | 'atMost' | 'equals' | 'exists'
type HttpInput = Extract<ConnectorInput, { kind: 'http' }>

/** The form of a connector that is new. */
export const emptyDraft: ConnectorDraft = {
  code: '',
  name: '',
  description: '',
  homepage: '',
  types: ['ipAddress'],
  method: 'GET',
  url: '',
  query: [],
  headers: [],
  body: 'none',
  json: '',
  form: [],
  secrets: [],
  fields: [],
  verdicts: [],
  otherwise: '',
  notFoundStatus: '404',
  notFoundPath: '',
  notFoundEquals: '',
  links: [],
  requests: 60,
  perSeconds: 60,
  perDay: '',
  cacheHours: 24,
  negativeCacheHours: 1,
  tlp: 'green',
  allowPrivate: false,
  privateValues: false,
  moreHosts: [],
}

/** Writes the form as a definition. What is not filled in is left out; the server says what is wrong. */
export function definitionOf(draft: ConnectorDraft): HttpInput {
  const host = hostOf(draft.url)
  const body =
    draft.body === 'json'
      ? { json: parsed(draft.json) as never }
      : draft.body === 'form'
        ? { form: objectOf(draft.form) }
        : {}
  const sentence = draft.description.trim()
  return {
    id: draft.code,
    name: draft.name.trim(),
    description: sentence === '' || /[.!?]$/.test(sentence) ? sentence : `${sentence}.`,
    ...(draft.homepage !== '' && { homepage: draft.homepage }),
    kind: 'http',
    tlp: draft.tlp,
    hosts: [...new Set([host, ...draft.moreHosts].filter((each) => each !== ''))],
    allowPrivate: draft.allowPrivate,
    privateValues: draft.privateValues,
    secrets: Object.fromEntries(
      draft.secrets.map(({ name, label, required }) => [name, { label: label || name, required }]),
    ),
    limits: {
      requests: draft.requests,
      perSeconds: draft.perSeconds,
      ...(draft.perDay !== '' && { perDay: draft.perDay }),
      concurrency: 4,
      timeoutSeconds: 15,
    },
    cache: {
      seconds: Math.round(draft.cacheHours * 3600),
      negativeSeconds: Math.round(draft.negativeCacheHours * 3600),
    },
    lookups: [
      {
        types: draft.types,
        request: {
          method: draft.method,
          url: draft.url.trim(),
          query: objectOf(draft.query),
          headers: objectOf(draft.headers),
          ...body,
        },
        response: {
          fields: Object.fromEntries(
            draft.fields.map(({ name, label, path, type }) => [
              name,
              { path, label: label || name, type: type as never },
            ]),
          ),
          notFound: notFoundOf(draft),
          errors: [],
          verdict: draft.verdicts.map(({ verdict, field, op, value }) => ({
            verdict,
            field,
            ...ruleOf(op, value),
          })),
          ...(draft.otherwise !== '' && { otherwise: draft.otherwise }),
          links: draft.links,
        },
      },
    ],
    tests: [],
  }
}

/** Reads a definition into the form; undefined when it has what the form cannot hold, and is for the YAML editor. */
export function draftOf(definition: Record<string, unknown>): ConnectorDraft | undefined {
  const { kind, lookups } = definition as { kind: string; lookups?: unknown[] }
  if (kind !== 'http' || lookups?.length !== 1) return undefined
  const input = definition as HttpInput
  const draft = readDraft(input)
  return sameJson(definitionOf(draft), { ...input, tests: [] }) ? draft : undefined
}

function readDraft(input: HttpInput): ConnectorDraft {
  const { request, response, types } = input.lookups[0]!
  const { limits, cache } = input
  const host = hostOf(request.url)
  const byPath = response?.notFound?.find(({ path }) => path !== undefined)
  const byStatus = response?.notFound?.find(({ status }) => status !== undefined)
  return {
    code: input.id,
    name: input.name,
    description: input.description,
    homepage: input.homepage ?? '',
    types,
    method: request.method ?? 'GET',
    url: request.url,
    query: pairsOf(request.query),
    headers: pairsOf(request.headers),
    body: request.json !== undefined ? 'json' : request.form ? 'form' : 'none',
    json: request.json === undefined ? '' : JSON.stringify(request.json, null, 2),
    form: pairsOf(request.form),
    secrets: Object.entries(input.secrets ?? {}).map(([name, { label, required }]) => ({
      name,
      label,
      required: required ?? true,
    })),
    fields: Object.entries(response?.fields ?? {}).map(([name, { label, path, type }]) => ({
      name,
      label,
      path,
      type: type ?? 'text',
    })),
    verdicts: (response?.verdict ?? []).map((rule) => ({
      field: rule.field,
      verdict: rule.verdict,
      ...opOf(rule),
    })),
    otherwise: response?.otherwise ?? '',
    notFoundStatus: byStatus?.status?.join(', ') ?? '',
    notFoundPath: byPath?.path ?? '',
    notFoundEquals: byPath?.equals === undefined ? '' : String(byPath.equals),
    links: response?.links ?? [],
    requests: limits?.requests ?? 60,
    perSeconds: limits?.perSeconds ?? 60,
    perDay: limits?.perDay ?? '',
    cacheHours: (cache?.seconds ?? 86_400) / 3600,
    negativeCacheHours: (cache?.negativeSeconds ?? 3600) / 3600,
    tlp: input.tlp ?? 'green',
    allowPrivate: input.allowPrivate ?? false,
    privateValues: input.privateValues ?? false,
    moreHosts: input.hosts.filter((each) => each !== host),
  }
}

/** Host of an address, with a port that is not the usual one; empty while there is none. */
export function hostOf(url: string): string {
  const bare = url.trim().replace(/[{}|]/g, '')
  return URL.canParse(bare) ? new URL(bare).host : ''
}

/** Makes the id of a connector from its name: `My IP service` → `my_ip_service`. */
export function codeOf(name: string): string {
  const bare = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
  return bare.replace(/^[_\d]+|_+$/g, '').slice(0, 40)
}

const objectOf = (pairs: readonly Pair[]) =>
  Object.fromEntries(
    pairs.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]),
  )
const pairsOf = (object: Record<string, string> | undefined): Pair[] =>
  Object.entries(object ?? {}).map(([name, value]) => ({ name, value }))

/** What is no JSON yet is a text, which the server then finds wrong or right. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const scalarOf = (text: string) => {
  const value = parsed(text)
  return typeof value === 'number' || typeof value === 'boolean' ? value : text
}

function notFoundOf(draft: ConnectorDraft) {
  const status = (draft.notFoundStatus.match(/\d+/g) ?? []).map(Number)
  const path = draft.notFoundPath.trim()
  return [
    ...(status.length > 0 ? [{ status }] : []),
    ...(path === ''
      ? []
      : [
          {
            path,
            ...(draft.notFoundEquals === '' ? { exists: false } : { equals: scalarOf(draft.notFoundEquals) }),
          },
        ]),
  ]
}

function ruleOf(op: VerdictOp, value: string) {
  if (op === 'exists') return { exists: true }
  if (op === 'equals') return { equals: scalarOf(value) }
  return op === 'atLeast' ? { atLeast: Number(value) } : { atMost: Number(value) }
}

function opOf(rule: { atLeast?: number; atMost?: number; equals?: unknown }): {
  op: VerdictOp
  value: string
} {
  for (const op of ['atLeast', 'atMost', 'equals'] as const)
    if (rule[op] !== undefined) return { op, value: String(rule[op]) }
  return { op: 'exists', value: '' }
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  )
}
