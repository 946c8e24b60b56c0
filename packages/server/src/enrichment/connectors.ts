import { randomUUID } from 'node:crypto'
import { AppError } from '@quarry/schema'
import { type Connector, typesOf } from '@quarry/schema/connectors/connector'
import type { Tlp } from '@quarry/schema/connectors/tlp'
import type { Ground } from '../context.ts'
import { parseConnector } from './parse-connector.ts'
import { connectorIdOf, readShipped } from './shipped-connectors.ts'

/** What an administrator sets of a connector without touching its definition. */
export interface ConnectorSettings {
  enabled?: boolean | undefined
  tlp?: Tlp | undefined
  limits?: { requests: number; perSeconds: number; perDay?: number | undefined } | undefined
  cacheSeconds?: number | undefined
  file?: string | undefined
}

export interface LiveConnector {
  id: string
  /** The definition with the settings applied. */
  connector: Connector
  definition: Connector
  settings: ConnectorSettings
  sourceType: 'canned' | 'custom'
  createdAt: number | undefined
  updatedAt: number | undefined
}

export type Connectors = Awaited<ReturnType<typeof openConnectors>>

/** All connectors, in memory: the shipped ones from their files, one's own from the database. */
export async function openConnectors({ db, log }: Pick<Ground, 'db' | 'log'>) {
  const all = new Map<string, LiveConnector>()
  const rows = await db.selectFrom('connectors').selectAll().execute()
  for (const definition of readShipped()) {
    const id = connectorIdOf(definition.id)
    const row = rows.find((each) => each.id === id)
    all.set(id, live(id, 'canned', definition, row))
  }
  for (const row of rows) {
    if (row.definition === null) continue
    try {
      all.set(row.id, live(row.id, 'custom', parseConnector({ definition: JSON.parse(row.definition) }), row))
    } catch (error) {
      // Made by another version, perhaps: the server starts all the same, and the row stays.
      log.error({ err: error }, `the connector “${row.code}” cannot be read and is left out`)
    }
  }

  /** @throws AppError connector_not_found */
  function of(id: string): LiveConnector {
    const found = all.get(id)
    if (!found) throw new AppError('connector_not_found')
    return found
  }

  function mustBeFree(code: string, id?: string): void {
    for (const other of all.values())
      if (other.connector.id === code && other.id !== id)
        throw new AppError('name_taken', `Another connector has the id “${code}”.`)
  }

  async function put(connector: LiveConnector): Promise<LiveConnector> {
    const now = Date.now()
    const { id, definition, settings, sourceType, createdAt = now } = connector
    const row = {
      code: definition.id,
      definition: sourceType === 'custom' ? JSON.stringify(definition) : null,
      settings: JSON.stringify(settings),
      updated_at: now,
    }
    await db
      .insertInto('connectors')
      .values({ id, created_at: createdAt, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    const written = live(id, sourceType, definition, {
      settings: row.settings,
      created_at: createdAt,
      updated_at: now,
    })
    all.set(id, written)
    return written
  }

  return {
    of,
    /** By name; with a type those that take it. */
    list: (type?: string): LiveConnector[] =>
      [...all.values()]
        .filter(({ connector }) => type === undefined || typesOf(connector).includes(type as never))
        .sort((a, b) => a.connector.name.localeCompare(b.connector.name)),

    /** Adds one's own. @throws AppError name_taken */
    async create(definition: Connector): Promise<LiveConnector> {
      mustBeFree(definition.id)
      return await put(live(randomUUID(), 'custom', definition))
    },

    /**
     * Sets settings, and of one's own the definition; a new definition takes the place of the settings before.
     * @throws AppError connector_not_found, canned_connector or name_taken
     */
    async update(id: string, settings: ConnectorSettings, definition?: Connector): Promise<LiveConnector> {
      const before = of(id)
      if (definition && before.sourceType === 'canned') throw new AppError('canned_connector')
      if (definition) mustBeFree(definition.id, id)
      const kept = definition ? { enabled: before.settings.enabled } : before.settings
      const next = {
        ...before,
        definition: definition ?? before.definition,
        settings: { ...kept, ...settings },
      }
      // Applied once before it is written: a file that the kind does not have, say, is refused.
      parseConnector({ definition: applied(next.definition, next.settings) })
      return await put(next)
    },

    /** @throws AppError connector_not_found or canned_connector */
    async remove(id: string): Promise<LiveConnector> {
      const before = of(id)
      if (before.sourceType === 'canned')
        throw new AppError('canned_connector', 'A shipped connector can be switched off, not removed.')
      await db.deleteFrom('connectors').where('id', '=', id).execute()
      all.delete(id)
      return before
    },
  }
}

function live(
  id: string,
  sourceType: LiveConnector['sourceType'],
  definition: Connector,
  row?: { settings: string; created_at: number; updated_at: number },
): LiveConnector {
  const settings = row ? (JSON.parse(row.settings) as ConnectorSettings) : {}
  const connector = applied(definition, settings)
  return {
    id,
    sourceType,
    definition,
    settings,
    connector,
    createdAt: row?.created_at,
    updatedAt: row?.updated_at,
  }
}

function applied(definition: Connector, { tlp, limits, cacheSeconds, file }: ConnectorSettings): Connector {
  const marked = { ...definition, ...(tlp && { tlp }) }
  if (marked.kind === 'link') return marked
  if (marked.kind === 'iocLists') return marked
  if (marked.kind !== 'http') return { ...marked, ...(file !== undefined && { file }) }
  const { perDay: _, ...pace } = marked.limits
  return {
    ...marked,
    ...(limits && { limits: { ...pace, ...limits } }),
    ...(cacheSeconds !== undefined && {
      cache: { seconds: cacheSeconds, negativeSeconds: Math.min(marked.cache.negativeSeconds, cacheSeconds) },
    }),
  }
}
