import { z } from 'zod'
import { PivotType } from './pivots.ts'
import { DataType, PivotGroup, Scale, Sentence, SupportedOs } from './values.ts'

/** Categories of the catalogue: the folder name is the code. */
export const categories = {
  network: {
    name: 'Network',
    description: 'Connections, listening ports, routes and name resolution.',
    icon: 'network',
  },
  processes: { name: 'Processes', description: 'What runs, who started it and from where.', icon: 'cpu' },
  files: {
    name: 'Files',
    description: 'Files on disk: where, whose, how old and what they contain.',
    icon: 'file',
  },
  users: { name: 'Users', description: 'Accounts, groups and sessions.', icon: 'users' },
  device: {
    name: 'Device',
    description: 'The machine itself: system, hardware, storage and settings.',
    icon: 'device-desktop',
  },
  compliance: {
    name: 'Compliance',
    description: 'Settings that a security baseline asks for.',
    icon: 'checklist',
  },
  anomalies: {
    name: 'Anomalies',
    description: 'Things that are rare or out of place on a healthy machine.',
    icon: 'zoom-exclamation',
  },
  threat_hunting: {
    name: 'Threat hunting',
    description: 'Looking for a known indicator or a known trick.',
    icon: 'target',
  },
  events: { name: 'Events', description: 'What happened and when.', icon: 'timeline-event' },
  attack: { name: 'ATT&CK', description: 'Questions by technique of MITRE ATT&CK.', icon: 'shield-search' },
} as const
export type CategoryCode = keyof typeof categories

export const CatalogueVariable = z.strictObject({
  name: z.string().regex(/^[\w][\w .-]{0,63}$/, 'letters, digits, spaces, dots and dashes'),
  dataType: DataType,
  pivotType: PivotType.optional(),
  description: Sentence.optional(),
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe('The value it has until somebody changes it.'),
})
export type CatalogueVariable = z.infer<typeof CatalogueVariable>

export const CatalogueColumn = z.strictObject({
  pivotType: PivotType.optional(),
  scale: Scale.optional(),
  unit: z.enum(['bytes', 'seconds', 'milliseconds', 'unixTime']).optional(),
  pivots: z
    .array(PivotGroup)
    .optional()
    .describe('The groups that the menu of the column offers; left out: by its type.'),
})
export type CatalogueColumn = z.infer<typeof CatalogueColumn>

/** SQL of a query: 15 to 50,000 characters. */
export const Template = z.string().min(15).max(50_000)

/** One shipped query: the content of `catalogue/<category>/<name>.yaml`; also the form of export and import. */
export const CatalogueQuery = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+\.[a-z0-9_]+$/, 'category.name in small letters'),
  name: z.string().min(1).max(120),
  description: Sentence,
  supportedOSes: z.array(SupportedOs).min(1),
  engines: z.array(z.enum(['live', 'lake'])).min(1),
  status: z.enum(['experimental', 'stable', 'deprecated']),
  attack: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/)),
  references: z.array(z.url()),
  variables: z.array(CatalogueVariable),
  sql: Template,
  columns: z.record(z.string(), CatalogueColumn),
  tests: z.array(
    z.strictObject({
      fixture: z
        .string()
        .describe(
          '`linux-server` or `compromised-server`: the hosts of catalogue.test.ts; both have the recorded past.',
        ),
      variables: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
      rows: z
        .array(z.record(z.string(), z.unknown()))
        .describe('Rows that must be among the answer, by the named columns.'),
    }),
  ),
})
export type CatalogueQuery = z.infer<typeof CatalogueQuery>
