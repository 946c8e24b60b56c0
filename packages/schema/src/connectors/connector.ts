import { z } from 'zod'
import { PivotType } from '../pivots.ts'
import { Sentence } from '../values.ts'
import { badConnector } from './check-connector.ts'
import { parseJsonPath } from './json-path.ts'
import { Tlp } from './tlp.ts'

/** How a connector answers: over HTTP, by a tab that is opened, from a file on the server or its IOC lists. */
export const ConnectorKind = z.enum(['http', 'link', 'mmdb', 'list', 'bloom', 'iocLists'])
export type ConnectorKind = z.infer<typeof ConnectorKind>

/** What an answer means for the one who asked. */
export const Verdict = z.enum(['malicious', 'suspicious', 'harmless', 'informative'])
export type Verdict = z.infer<typeof Verdict>

const path = z
  .string()
  .max(300)
  .refine((text) => parseJsonPath(text) !== undefined, 'is not a path such as data.names[0] or ports[*]')
const scalar = z.union([z.string(), z.number(), z.boolean()])

/** How a field is shown, and what of the values that its path found: all as a list, how many, or the first. */
export const FieldType = z.enum(['text', 'integer', 'number', 'boolean', 'time', 'list', 'count'])
const ResponseField = z.strictObject({
  path,
  label: z.string().min(1).max(60),
  type: FieldType.default('text'),
  pivotType: PivotType.optional(),
})
export type ResponseField = z.infer<typeof ResponseField>

/**
 * Holds when every part of it does; without `status` only for a successful answer. `equals` may be a list: one of them.
 * `exists: false` also for an empty list.
 */
const Condition = z.strictObject({
  status: z.array(z.int().min(100).max(599)).optional(),
  path: path.optional(),
  equals: z.union([scalar, z.array(scalar)]).optional(),
  exists: z.boolean().optional(),
})
export type Condition = z.infer<typeof Condition>

const VerdictRule = z.strictObject({
  verdict: Verdict,
  field: z.string().describe('A name of `fields`.'),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  equals: z.union([scalar, z.array(scalar)]).optional(),
  exists: z.boolean().optional(),
})
export type VerdictRule = z.infer<typeof VerdictRule>

const fieldName = z.string().regex(/^[a-z]\w{0,39}$/, 'a letter, then letters and digits')
const ConnectorResponse = z.strictObject({
  fields: z.record(fieldName, ResponseField).default({}),
  notFound: z.array(Condition).default([]).describe('The service knows nothing of the value.'),
  errors: z
    .array(z.strictObject({ when: Condition, message: path.optional(), plainHttp: z.boolean().optional() }))
    .default([])
    .describe(
      'Answers that are an error though their status is 200; `plainHttp`: it refuses https, try http.',
    ),
  verdict: z.array(VerdictRule).default([]).describe('The first rule that holds decides.'),
  otherwise: Verdict.optional().describe('The verdict when the value is known and no rule holds.'),
  links: z
    .array(z.strictObject({ label: z.string().min(1).max(60), url: z.string().max(1000) }))
    .default([])
    .describe('Pages for people; `{value}` stands for the value.'),
})
export type ConnectorResponse = z.infer<typeof ConnectorResponse>

const Body: z.ZodType<unknown> = z.json()
const ConnectorRequest = z.strictObject({
  method: z.enum(['GET', 'POST']).default('GET'),
  url: z.string().min(8).max(1000).describe('`{value}` may be one whole segment of the path.'),
  query: z.record(z.string(), z.string()).default({}),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).default({}),
  json: Body.optional().describe('The body as JSON; placeholders stand in its texts.'),
  form: z.record(z.string(), z.string()).optional().describe('The body as a form.'),
})
export type ConnectorRequest = z.infer<typeof ConnectorRequest>

const types = z.array(PivotType).min(1).max(20)
const Lookup = z.strictObject({ types, response: ConnectorResponse.prefault({}) })
const HttpLookup = Lookup.extend({
  family: z
    .union([z.literal(4), z.literal(6)])
    .optional()
    .describe('Only IPv4 or only IPv6 addresses.'),
  request: ConnectorRequest,
})
export type HttpLookup = z.infer<typeof HttpLookup>
export type Lookup = z.infer<typeof Lookup>

const Secret = z.strictObject({
  label: z.string().min(1).max(60),
  description: Sentence.optional(),
  required: z.boolean().default(true),
})

const limits = z.strictObject({
  requests: z.int().min(1).max(10_000).default(60).describe('Requests in each `perSeconds`.'),
  perSeconds: z.number().min(0.1).max(3600).default(60),
  perDay: z.int().min(1).max(10_000_000).optional().describe('Requests a day, UTC.'),
  concurrency: z.int().min(1).max(32).default(4),
  timeoutSeconds: z.number().min(1).max(60).default(15),
})

const cache = z.strictObject({
  seconds: z.int().min(0).max(31_536_000).default(86_400),
  negativeSeconds: z
    .int()
    .min(0)
    .max(31_536_000)
    .default(3600)
    .describe('For what the service does not know.'),
})

/** An answer in the shape that the service documents, made by us, and what must come of it. */
const ConnectorTest = z.strictObject({
  type: PivotType,
  value: z.string(),
  sends: z.string().optional().describe('Method and address of the request, without its secrets.'),
  status: z.int().default(200),
  answer: Body,
  expect: z.strictObject({
    status: z.enum(['found', 'notFound', 'failed']).default('found'),
    verdict: Verdict.optional(),
    fields: z.record(z.string(), z.unknown()).default({}),
  }),
})

const base = {
  id: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, '2 to 40 small letters, digits and underscores'),
  name: z.string().trim().min(1).max(60),
  description: Sentence,
  homepage: z.url().optional(),
  tlp: Tlp.default('green').describe('The highest marking of what it may receive.'),
}
const host = z
  .string()
  .regex(
    /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/,
    'a host name in small letters, with a port if need be',
  )
const file = z
  .string()
  .regex(/^[\w][\w. -]{0,119}$/, 'the name of a file in the folder enrichment/ of the server’s data')
  .describe('Name of a file in the folder `enrichment/` of the server’s data.')

const Http = z.strictObject({
  ...base,
  kind: z.literal('http'),
  hosts: z.array(host).min(1).max(100).describe('Hosts it may talk to, redirects too.'),
  allowPrivate: z.boolean().default(false).describe('The hosts may have private and loopback addresses.'),
  privateValues: z
    .boolean()
    .default(false)
    .describe('Private addresses and local names mean something to it.'),
  secrets: z.record(z.string().regex(/^[A-Za-z]\w{0,31}$/), Secret).default({}),
  limits: limits.prefault({}),
  cache: cache.prefault({}),
  lookups: z.array(HttpLookup).min(1).max(20),
  tests: z.array(ConnectorTest).default([]),
})
export type HttpConnector = z.infer<typeof Http>
const Link = z.strictObject({
  ...base,
  kind: z.literal('link'),
  types,
  url: z.string().min(8).max(2000).describe('`{value}` or `$$ipAddress$$` stands for the value.'),
})
export type LinkConnector = z.infer<typeof Link>
const offline = { ...base, tlp: Tlp.default('red'), file }
const Mmdb = z.strictObject({ ...offline, kind: z.literal('mmdb'), lookups: z.array(Lookup).min(1).max(5) })
const List = z.strictObject({ ...offline, kind: z.literal('list'), lookups: z.array(Lookup).min(1).max(20) })
const Bloom = z.strictObject({
  ...offline,
  kind: z.literal('bloom'),
  letters: z.enum(['upper', 'lower']).default('upper').describe('How the filter holds its hashes.'),
  lookups: z.array(Lookup).min(1).max(5),
})
const IocLists = z.strictObject({
  ...base,
  tlp: Tlp.default('red'),
  kind: z.literal('iocLists'),
  lookups: z.array(Lookup).min(1).max(5),
})
export type FileConnector = z.infer<typeof Mmdb> | z.infer<typeof List> | z.infer<typeof Bloom>
export type OfflineConnector = FileConnector | z.infer<typeof IocLists>

/** One connector: the content of `connectors/<id>.yaml`; also the form of export and import. */
export const Connector = z
  .discriminatedUnion('kind', [Http, Link, Mmdb, List, Bloom, IocLists])
  .superRefine((connector, ctx) => {
    for (const { path, message } of badConnector(connector)) ctx.addIssue({ code: 'custom', path, message })
  })
export type Connector = z.infer<typeof Connector>
export type ConnectorInput = z.input<typeof Connector>

/** Returns every type of value that a connector takes. */
export function typesOf(connector: Connector): PivotType[] {
  return connector.kind === 'link'
    ? connector.types
    : [...new Set(connector.lookups.flatMap(({ types }) => types))]
}
