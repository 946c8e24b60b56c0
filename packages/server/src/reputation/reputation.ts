// What the world knows of files: worked out here alone, from the organisation's lists and the connectors that were chosen for it.
import type { AskedFile, KnownFile } from '@quarry/schema/agent/reputation'
import type { EnrichmentItem } from '@quarry/schema/endpoints/enrichments'
import type { ReputationSettings } from '@quarry/schema/endpoints/reputation'
import type { Ground } from '../context.ts'
import type { Enrichments } from '../enrichment/enrichment.ts'
import type { Links } from '../gateway/links.ts'
import type { IocLists } from '../ioc-lists/ioc-lists.ts'
import { openOwnLists } from './own-lists.ts'
import { type Difference, openSightings } from './sightings.ts'
import { type Evidence, evidenceOf, reputationOf } from './worth.ts'

export type Reputation = Awaited<ReturnType<typeof openReputation>>

const settingName = 'reputation'
const hour = 3_600_000
/** How long an answer holds: what is known longer than what is not, and a source that failed is asked again soon. */
const holds = { known: 7 * 24 * hour, unknown: 24 * hour, nobody: hour } as const
/** A device asks again after this long, so that it follows the lists. */
const deviceHolds = 4 * hour
const none: ReputationSettings = { connectorIds: [], allowListId: null, blockListId: null }

/** Opens the reputation of files. Nothing is asked of anyone outside until an administrator chooses a connector. */
export async function openReputation(
  ground: Ground,
  { enrichments, iocLists, links }: { enrichments: Enrichments; iocLists: IocLists; links: Links },
) {
  const { db, log, closing } = ground
  let settings = await readSettings(ground)
  const ownLists = openOwnLists(ground)
  const sightings = openSightings(ground)

  /** What the sources said before and still holds, by hash. */
  async function kept(hashes: string[]): Promise<Map<string, Said>> {
    const rows = await db
      .selectFrom('reputations')
      .selectAll()
      .where('sha256', 'in', hashes)
      .where('expires_at', '>', Date.now())
      .execute()
    return new Map(
      rows.map((row) => [
        row.sha256,
        { evidence: JSON.parse(row.data) as Evidence[], expiresAt: row.expires_at },
      ]),
    )
  }

  async function workOut(files: AskedFile[]): Promise<Map<string, Said>> {
    const found = new Map(files.map(({ sha256 }) => [sha256, new Map<string, Evidence>()]))
    const failed = new Set<string>()
    await Promise.all(settings.connectorIds.map((id) => fromConnector(id, files, found, failed)))
    const now = Date.now()
    const rows = files.map(({ sha256 }) => {
      const evidence = [...found.get(sha256)!.values()]
      const score = reputationOf(evidence)
      const lasts =
        score < 0 || failed.has(sha256) ? holds.nobody : score === 30 ? holds.unknown : holds.known
      return { sha256, score, data: JSON.stringify(evidence), expires_at: now + lasts }
    })
    await db
      .insertInto('reputations')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('sha256').doUpdateSet((row) => ({
          score: row.ref('excluded.score'),
          data: row.ref('excluded.data'),
          expires_at: row.ref('excluded.expires_at'),
        })),
      )
      .execute()
    return new Map(
      rows.map(({ sha256, expires_at }) => [
        sha256,
        { evidence: [...found.get(sha256)!.values()], expiresAt: expires_at },
      ]),
    )
  }

  async function fromConnector(
    id: string,
    files: AskedFile[],
    found: Map<string, Map<string, Evidence>>,
    failed: Set<string>,
  ) {
    const live = enrichments.connectors.list().find((one) => one.id === id)
    if (!live) return
    const types =
      live.connector.kind === 'link' ? [] : live.connector.lookups.flatMap((lookup) => lookup.types)
    const type = types.includes('sha256') ? 'sha256' : types.includes('sha1') ? 'sha1' : undefined
    if (!type) return
    const bySent = new Map(files.flatMap((file) => (file[type] ? [[file[type], file.sha256] as const] : [])))
    const tell = (item: EnrichmentItem) => {
      const sha256 = bySent.get(item.value)
      if (!sha256) return
      const evidence = evidenceOf(live.connector, item, Date.now())
      if (evidence) found.get(sha256)?.set(id, evidence)
      else failed.add(sha256)
    }
    const leaving = async (values: readonly string[]) =>
      log.info({ connector: live.connector.id, hashes: values.length }, 'Hashes of programs are looked up')
    try {
      await enrichments.enrich({
        live,
        type,
        values: [...bySent.keys()],
        refresh: false,
        tlp: 'clear',
        raw: false,
        signal: closing,
        tell,
        leaving,
      })
    } catch (error) {
      if (!closing.aborted)
        log.warn({ err: error, connector: live.connector.id }, 'A source of reputation failed')
      for (const sha256 of found.keys()) failed.add(sha256)
    }
  }

  return {
    sightings,
    settings: () => settings,

    /** Sets the sources; everything is worked out anew when it is asked for again. */
    async update(changes: Partial<ReputationSettings>): Promise<ReputationSettings> {
      const next = { ...settings, ...changes }
      for (const id of next.connectorIds) enrichments.connectors.of(id)
      for (const id of [next.allowListId, next.blockListId]) if (id) await iocLists.one(id)
      const value = JSON.stringify(next)
      await db
        .insertInto('settings')
        .values({ name: settingName, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute()
      await db.deleteFrom('reputations').execute()
      settings = next
      const tellDevices = links.sendToAll(
        links.ids(),
        () => ({ type: 'reputation.reset' }),
        () => settings === next,
      )
      tellDevices.catch((error) =>
        log.warn({ err: error }, 'Devices were not told of new sources of reputation'),
      )
      return next
    },

    /** What is known of files, each once, in any order; asks the sources for the rest, which may take as long as they do. */
    async of(files: readonly AskedFile[]): Promise<KnownFile[]> {
      const wanted = new Map(files.map((file) => [file.sha256, file]))
      if (wanted.size === 0) return []
      const known = await kept([...wanted.keys()])
      const missing = [...wanted.values()].filter(({ sha256 }) => !known.has(sha256))
      const fresh = missing.length > 0 ? await workOut(missing) : []
      return await answer(new Map([...known, ...fresh]))
    },

    /** Those of the files that need no asking. */
    known: async (files: readonly AskedFile[]) =>
      files.length === 0 ? [] : await answer(await kept(files.map(({ sha256 }) => sha256))),
  }

  /** The lists are read anew each time: a change of them holds at once. */
  async function answer(said: Map<string, Said>): Promise<KnownFile[]> {
    const hashes = [...said.keys()]
    const listed = await ownLists(settings, hashes)
    const met = await sightings.of(hashes)
    const differing = new Map((await sightings.differences(hashes)).map((one) => [one.sha256, differs(one)]))
    const latest = Date.now() + deviceHolds
    return [...said].map(([sha256, { evidence, expiresAt }]) => {
      const own = listed.get(sha256)
      const difference = differing.get(sha256)
      const heard = difference ? [...evidence, difference] : evidence
      return {
        sha256,
        globalRep: own ? own.worth : reputationOf(heard),
        data: JSON.stringify(own ? [own, ...heard] : heard),
        expiresAt: Math.min(expiresAt, latest),
        ...(met.get(sha256) ?? { devices: 0, firstSeenAt: Date.now() }),
      }
    })
  }
}

/** A file of a package that most devices have otherwise: in doubt, whatever the world says of it. */
const differs = (one: Difference): Evidence => ({
  source: 'fleet',
  code: 'doubtful',
  worth: 35,
  text: `${one.usualDevices} of your devices have another file at ${one.path} with ${one.package} ${one.version}.`,
})

interface Said {
  evidence: Evidence[]
  expiresAt: number
}

async function readSettings({ db }: Pick<Ground, 'db'>): Promise<ReputationSettings> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', settingName)
    .executeTakeFirst()
  return row ? { ...none, ...(JSON.parse(row.value) as Partial<ReputationSettings>) } : none
}
