import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { type Accounts, openAccounts } from './accounts/accounts.ts'
import { type ApiClients, openApiClients } from './api-clients/api-clients.ts'
import { type Audit, openAudit } from './audit/audit.ts'
import { type Catalogue, readCatalogue } from './catalogue/catalogue.ts'
import type { Config } from './config.ts'
import { type Endpoints, openEndpoints } from './endpoints/endpoints.ts'
import { type EndpointGroups, openEndpointGroups } from './endpoints/groups.ts'
import { type KnownTables, openKnownTables } from './endpoints/known-tables.ts'
import { openRecordings, type Recordings } from './endpoints/recordings.ts'
import { type Enrichments, openEnrichments } from './enrichment/enrichment.ts'
import { type Enrolment, openEnrolment } from './enrolment/enrolment.ts'
import { openGateway } from './gateway/gateway.ts'
import { type Links, openLinks } from './gateway/links.ts'
import { type Investigations, openInvestigations } from './investigations/investigations.ts'
import { type IocLists, openIocLists } from './ioc-lists/ioc-lists.ts'
import { openPrevalence, type PrevalenceIndex } from './prevalence/prevalence.ts'
import { openQueries, type Queries } from './queries/queries.ts'
import { openReputation, type Reputation } from './reputation/reputation.ts'
import { openRetention } from './results/retention.ts'
import { openResults, type ResultStore } from './results/store.ts'
import { readColumnsOf } from './runs/read-results.ts'
import { openRuns, type Runs } from './runs/runs.ts'
import { Attempts } from './security/attempts.ts'
import { openSessions, type Sessions } from './sessions/sessions.ts'
import type { Database } from './state/schema.ts'

/** What every part of the server stands on. */
export interface Ground {
  config: Config
  db: Kysely<Database>
  log: Logger
  /** Id of this installation. */
  tenantId: string
  /** Where people reach the server, without a slash at the end; known once it listens. */
  url(): string
  audit: Audit
  /** Aborted when the server begins to stop: end streams and timers then. */
  closing: AbortSignal
  /** Called in turn, the last one first, after the last request has ended and before the database closes. */
  onClosed: (() => void | Promise<void>)[]
  /** WebSocket endpoints by path. Host and Origin are checked already; who connects is for the handler to find out. */
  upgrades: Map<string, Upgrade>
}

export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** What the routes work with: the ground, and one service for each noun. */
export interface Context extends Ground {
  accounts: Accounts
  sessions: Sessions
  apiClients: ApiClients
  enrolment: Enrolment
  /** Failed sign-ins, so that guessing gets slow. */
  attempts: Attempts
  catalogue: Catalogue
  queries: Queries
  iocLists: IocLists
  endpoints: Endpoints
  groups: EndpointGroups
  knownTables: KnownTables
  recordings: Recordings
  /** Live links of devices. */
  links: Links
  results: ResultStore
  runs: Runs
  investigations: Investigations
  /** On how many devices each value was seen. */
  prevalence: PrevalenceIndex
  enrichments: Enrichments
  /** What the world knows of files. */
  reputation: Reputation
}

/** Opens every service on the ground. The order is that in which they need one another. */
export async function openContext(bare: Omit<Ground, 'audit'>): Promise<Context> {
  const ground: Ground = { ...bare, audit: openAudit(bare.db) }
  const catalogue = readCatalogue()
  const queries = openQueries(ground, catalogue)
  const endpoints = await openEndpoints(ground)
  const links = openLinks(ground.closing)
  const results = openResults(join(ground.config.data, 'results'))
  ground.onClosed.push(() => results.close())
  const iocLists = openIocLists(ground)
  const runs = await openRuns(ground, { results, endpoints, queries, iocLists, links })
  const recordings = openRecordings(ground)
  const enrichments = await openEnrichments(ground)
  const reputation = await openReputation(ground, { enrichments, iocLists, links })
  openGateway(ground, { endpoints, recordings, reputation, runs, links })
  openRetention(ground, results)
  const knownTables = openKnownTables(ground)
  const prevalence = openPrevalence(ground, {
    results,
    runs,
    columnsOf: (runId, columns) => readColumnsOf({ runs, results, knownTables }, runId, columns),
  })
  return {
    ...ground,
    accounts: openAccounts(ground),
    sessions: openSessions(ground),
    apiClients: openApiClients(ground),
    enrolment: openEnrolment(ground),
    attempts: new Attempts(),
    catalogue,
    queries,
    iocLists,
    endpoints,
    groups: openEndpointGroups(ground),
    knownTables,
    recordings,
    links,
    results,
    runs,
    prevalence,
    investigations: openInvestigations(ground, results),
    enrichments,
    reputation,
  }
}
