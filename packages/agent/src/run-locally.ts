import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sensitiveTables } from '@quarry/schema'
import {
  type BatchColumn,
  defaultLimits,
  type Limits,
  type QueryEnd,
  type QueryRequest,
  type WireValue,
} from '@quarry/schema/agent/query'
import { openSandboxes } from '@quarry/tables/sandbox'
import { anchorFolder } from './anchor-folder.ts'
import { defaultDataFolder } from './config.ts'
import { tablesModule } from './tables-module.ts'

export interface LocalOptions {
  limits?: Partial<Limits>
  /** Sensitive tables that may be read; all of them when left out, since the operating system guards what they read. */
  readable?: QueryRequest['readable']
  /** Where hashes are kept between queries; a temporary folder when left out. */
  cacheFolder?: string
  /** Folder of the journals; that of this machine's agent when left out, where whoever runs this may read it. */
  journalFolder?: string
  /** Whether tables may reach out of the machine; as QUARRY_ALLOW_NETWORK_TABLES says when left out. */
  network?: boolean
  signal?: AbortSignal
}

export type LocalEvent =
  | { type: 'columns'; columns: BatchColumn[] }
  | { type: 'rows'; rows: WireValue[][] }
  | { type: 'end'; end: QueryEnd }

const agentFolder = () => process.env.QUARRY_AGENT_DATA || defaultDataFolder()

/**
 * Runs one query on this machine, without a server and without an agent: the same engine in the same sandbox.
 * Yields `columns` once, `rows` as they come, and `end` last. Leaving the loop early ends the query.
 */
export async function* runLocally(sql: string, options: LocalOptions = {}): AsyncGenerator<LocalEvent> {
  const { limits, readable = [...sensitiveTables], cacheFolder, signal } = options
  const cacheDir = cacheFolder ?? mkdtempSync(join(tmpdir(), 'quarry-local-'))
  // A boot anchor of one's own would differ from the agent's, and with it every sophos_pid.
  const anchorDir = anchorFolder(null)
  const journalDir = options.journalFolder ?? join(agentFolder(), 'journals')
  const network = options.network ?? process.env.QUARRY_ALLOW_NETWORK_TABLES === '1'
  const sandboxes = openSandboxes({
    tables: tablesModule,
    host: { dataDirs: [], cacheDir, anchorDir, journalDir, network },
    spare: 0,
  })
  const left = new AbortController()
  const events: LocalEvent[] = []
  let failure: { error: unknown } | undefined
  let news = Promise.withResolvers<void>()
  let taken = Promise.withResolvers<void>()
  const push = (event: LocalEvent) => {
    events.push(event)
    news.resolve()
  }
  const sink = {
    columns: (columns: BatchColumn[]) => push({ type: 'columns', columns }),
    rows(rows: WireValue[][]) {
      push({ type: 'rows', rows })
      // The query waits for whoever reads it.
      return taken.promise
    },
  }
  try {
    const request = { sql, readable, limits: { ...defaultLimits, ...limits } }
    const both = signal ? AbortSignal.any([signal, left.signal]) : left.signal
    sandboxes.run(request, sink, both).then(
      (end) => push({ type: 'end', end }),
      (error: unknown) => {
        failure = { error }
        news.resolve()
      },
    )
    for (;;) {
      await news.promise
      news = Promise.withResolvers<void>()
      for (const event of events.splice(0)) {
        yield event
        if (event.type === 'end') return
      }
      if (failure) throw failure.error
      taken.resolve()
      taken = Promise.withResolvers<void>()
    }
  } finally {
    left.abort()
    taken.resolve()
    await sandboxes.close()
    if (cacheFolder === undefined) rmSync(cacheDir, { recursive: true, force: true })
  }
}
