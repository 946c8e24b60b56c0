import type { Cell, ColumnType, PivotType } from '@quarry/schema'
import type { Connector, FieldType, OfflineConnector } from '@quarry/schema/connectors/connector'
import type { FieldValue } from '@quarry/schema/endpoints/enrichments'
import type { ResultColumn } from '@quarry/schema/endpoints/run-results'
import type { z } from 'zod'
import type { Context } from '../context.ts'
import type { Enriched } from '../results/enriched.ts'
import { checkValue } from './check-value.ts'
import type { LiveConnector } from './connectors.ts'
import { fingerprint, usable } from './lookup-value.ts'
import type { Mapped } from './map-answer.ts'

import { fieldsFor } from './summary-of.ts'
import { Trouble } from './trouble.ts'

/** A column of results with the connector that its cells are, or were, asked about. */
export interface EnrichColumn {
  column: string
  type: PivotType
  connectorId: string
}

/** Values of one column that are asked about; a question about more is about the rarest. */
const maxValues = 10_000
const maxKept = 16
/** Answers expire; what was put together is used no longer than this. */
const freshMillis = 600_000

type Ctx = Pick<Context, 'results' | 'enrichments'>

/** Answers are put together anew only when rows, answers or definitions are others. */
const kept = new Map<string, Promise<Enriched>>()

/** Lists the values of a column of a run, each once, those on few devices first, and how many more there are. @throws AppError column_not_found */
export async function distinctValues({ results }: Ctx, runId: string, column: string) {
  const { items, groups } = await results.groups(runId, { column, order: 'rare', limit: maxValues })
  const values = items.flatMap(({ value }) => (value === null || value === '' ? [] : [String(value)]))
  return { values, beyond: groups - items.length }
}

/**
 * Reads what connectors said of the cells of columns. Files are asked; of services only what is kept is read.
 * @throws AppError connector_not_found or column_not_found
 */
export async function readEnriched(
  ctx: Ctx,
  runId: string,
  asked: readonly EnrichColumn[] = [],
): Promise<Enriched[]> {
  return await Promise.all(asked.map((each) => memoized(ctx, runId, each)))
}

/** Describes the columns that `readEnriched` makes. */
export function describeEnriched(ctx: Ctx, asked: readonly EnrichColumn[] = []): ResultColumn[] {
  return asked.flatMap(({ column, type, connectorId }) => {
    const live = ctx.enrichments.connectors.of(connectorId)
    return columnsOf(live, type).map(({ name, label, fieldType, pivotType }) => ({
      name: `${prefixOf(column, live)}.${name}`,
      type: columnTypes[fieldType],
      ...(pivotType && { pivotType }),
      enrichment: { column, connectorId, field: name, label: `${live.connector.name}: ${label}` },
    }))
  })
}

function memoized(ctx: Ctx, runId: string, asked: EnrichColumn): Promise<Enriched> {
  const live = ctx.enrichments.connectors.of(asked.connectorId)
  const lookups = live.connector.kind === 'link' ? [] : live.connector.lookups
  // Files and lists change without telling.
  const moment = Math.floor(Date.now() / (live.connector.kind === 'http' ? freshMillis : freshMillis / 100))
  const state = [ctx.results.rows(runId), ctx.enrichments.cache.landed(), fingerprint(lookups), moment]
  const version = [runId, asked.column, asked.type, live.id, ...state].join(' ')
  const found = kept.get(version)
  kept.delete(version)
  const made = found ?? read(ctx, runId, asked, live, version)
  kept.set(version, made)
  made.catch(() => kept.delete(version))
  for (const old of kept.keys()) {
    if (kept.size <= maxKept) break
    kept.delete(old)
  }
  return made
}

async function read(
  ctx: Ctx,
  runId: string,
  asked: EnrichColumn,
  live: LiveConnector,
  version: string,
): Promise<Enriched> {
  const { column, type } = asked
  const columns = columnsOf(live, type)
  const { values } = await distinctValues(ctx, runId, column)
  const answers = await answersOf(ctx, live, type, values)
  return {
    column,
    prefix: prefixOf(column, live),
    version,
    fields: columns.map(({ name, fieldType }) => ({ name, type: columnTypes[fieldType] })),
    values: [...answers].map(([text, { fields, verdict, status }]) => [
      text,
      ...columns.map(
        ({ name }): Cell =>
          name === 'verdict' ? (verdict ?? (status === 'notFound' ? 'unknown' : null)) : cellOf(fields[name]),
      ),
    ]),
  }
}

async function answersOf(
  { enrichments }: Ctx,
  live: LiveConnector,
  type: PivotType,
  texts: readonly string[],
) {
  const connector = live.connector as Exclude<Connector, { kind: 'link' }>
  const answers = new Map<string, Mapped>()
  if (live.connector.kind === 'link') return answers
  const wanted = texts.flatMap((text) => {
    try {
      return [{ text, ...checkValue(connector, type, text) }]
    } catch (error) {
      if (error instanceof Trouble) return []
      throw error
    }
  })
  if (connector.kind !== 'http') {
    for (const { text, value, lookup } of wanted) {
      const { mapped } = await enrichments.offline
        .ask(connector as OfflineConnector, lookup, type, value)
        .catch(() => ({ mapped: undefined }))
      if (mapped) answers.set(text, mapped)
    }
    return answers
  }
  const found = await enrichments.cache.get(
    live.id,
    type,
    [...new Set(wanted.map(({ value }) => value))],
    false,
  )
  for (const { text, value, lookup } of wanted) {
    const answer = found.get(value)
    const good = answer && usable(answer, lookup, value)
    if (good) answers.set(text, good.mapped)
  }
  return answers
}

const prefixOf = (column: string, live: LiveConnector) => `${column}.${live.connector.id}`

/** The verdict where the connector gives one, then its fields. */
function columnsOf(live: LiveConnector, type: PivotType) {
  const { connector } = live
  const responses =
    connector.kind === 'link' ? [] : connector.lookups.filter(({ types }) => types.includes(type))
  const judges = responses.some(({ response }) => response.verdict.length > 0)
  const verdict = { name: 'verdict', label: 'Verdict', fieldType: 'text' as const, pivotType: undefined }
  const fields = fieldsFor(live, type)
    .filter(({ name }) => name !== 'verdict')
    .map(({ type: fieldType, ...field }) => ({ pivotType: undefined, ...field, fieldType }))
  return judges ? [verdict, ...fields] : fields
}

const columnTypes: Record<z.infer<typeof FieldType>, ColumnType> = {
  text: 'text',
  integer: 'bigint',
  number: 'double',
  boolean: 'text',
  time: 'text',
  list: 'text',
  count: 'bigint',
}

function cellOf(value: FieldValue | undefined): Cell {
  if (value === undefined) return null
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}
