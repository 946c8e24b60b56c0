import { AppError } from '@quarry/schema'
import type { ServerMessage } from '@quarry/schema/agent/messages'
import { defaultLimits } from '@quarry/schema/agent/query'
import type { Run, RunInput } from '@quarry/schema/endpoints/runs'
import type { z } from 'zod'
import type { Ground } from '../context.ts'
import type { Endpoints } from '../endpoints/endpoints.ts'
import type { Link, Links } from '../gateway/links.ts'
import type { IocLists } from '../ioc-lists/ioc-lists.ts'
import type { Queries } from '../queries/queries.ts'
import type { ResultStore } from '../results/store.ts'
import type { Who } from '../who.ts'
import { insertRun, type NewRun, planRun } from './create-run.ts'
import { openDeadlines } from './deadlines.ts'
import { openFeeds } from './feed.ts'
import { type Ending, endDevices, endedRuns, finishRun } from './finish-run.ts'
import { type Incoming, ingest } from './ingest.ts'
import { type RunList, selectRuns } from './list-runs.ts'
import { reopenRun } from './resume-run.ts'
import { listRunEndpoints, type RunEndpointList, readRunEndpoints } from './run-endpoints.ts'
import { type RunRow, runsOf } from './run-of.ts'
import { serial } from './serial.ts'

export type Runs = Awaited<ReturnType<typeof openRuns>>

/** Batches taken in at once. */
const maxTurn = 1000

export interface RunParts {
  results: ResultStore
  endpoints: Endpoints
  queries: Queries
  iocLists: IocLists
  links: Links
}

/**
 * The runs. All that changes one goes through one queue, so that a batch, a cancel and a deadline never meet half-way.
 * Runs that were going on when the server ended go on with the time that they have left.
 */
export async function openRuns(ground: Ground, { results, endpoints, queries, iocLists, links }: RunParts) {
  const { db, log, audit, onClosed } = ground
  const inTurn = serial()
  const feeds = openFeeds()
  const deadlines = openDeadlines((runId) => {
    end(runId, 'timedOut').catch((error) => log.error({ err: error, runId }, 'A run could not be ended'))
  })
  let arrived: Incoming[] = []

  await resume()
  onClosed.push(async () => {
    deadlines.close()
    await inTurn(async () => {})
  })

  async function resume(): Promise<void> {
    const open = await db
      .selectFrom('runs')
      .select(['id', 'deadline_at', 'max_seconds'])
      .where('status', '<>', 'finished')
      .execute()
    for (const { id, deadline_at, max_seconds } of open) {
      // The wall clock may have been set back meanwhile.
      deadlines.set(id, Math.min(max_seconds, Math.max(0, (deadline_at - Date.now()) / 1000)))
    }
  }

  /** @throws AppError run_not_found */
  async function rowOf(runId: string): Promise<RunRow> {
    const row = await db.selectFrom('runs').selectAll().where('id', '=', runId).executeTakeFirst()
    if (!row) throw new AppError('run_not_found')
    return row
  }

  const shown = (rows: readonly RunRow[]) => runsOf(db, rows, deadlines, (id) => results.rows(id))
  const one = async (runId: string): Promise<Run> => (await shown([await rowOf(runId)]))[0]!

  function queryMessage(
    run: Pick<NewRun, 'id' | 'sql' | 'readable' | 'lists'>,
    leg?: { id: string; from: string },
  ): ServerMessage {
    return {
      type: 'query',
      runId: leg?.id ?? run.id,
      request: {
        sql: run.sql,
        readable: JSON.parse(run.readable),
        limits: defaultLimits,
        ...(run.lists && { lists: JSON.parse(run.lists) }),
        ...(leg && { continuation: JSON.parse(leg.from) }),
      },
      expiresInSeconds: deadlines.secondsLeft(run.id),
    }
  }

  /** What is left to do once a run has ended: its results are closed, its watchers told. */
  function ended(runId: string): void {
    deadlines.delete(runId)
    results.settle(runId)
    // After the devices' last states have been told in the same turn.
    setImmediate(() => feeds.end(runId))
  }

  /** Ends a run for all its devices. @throws AppError run_finished, run_not_found */
  function end(runId: string, ending: Ending): Promise<void> {
    return inTurn(async () => {
      if ((await rowOf(runId)).status === 'finished') throw new AppError('run_finished')
      const open = await db
        .selectFrom('run_endpoints')
        .select(['endpoint_id', 'status', 'leg_id'])
        .where('run_id', '=', runId)
        .where('status', '<>', 'finished')
        .execute()
      const now = Date.now()
      await db.transaction().execute(async (trx) => {
        await endDevices(trx, runId, ending, now)
        await finishRun(trx, runId, results.rows(runId), now, ending === 'canceled')
      })
      for (const { endpoint_id, leg_id } of open) {
        feeds.endpoint(runId, endpoint_id)
        links.get(endpoint_id)?.send({ type: 'cancel', runId: leg_id ?? runId })
      }
      ended(runId)
    })
  }

  return {
    feeds,
    one,
    rowOf,
    secondsLeft: deadlines.secondsLeft,

    /** @throws AppError query_not_found, category_not_found, no_endpoints, bad_variable, bad_sql, forbidden, bad_request */
    async create(who: Who, input: z.output<typeof RunInput>): Promise<Run> {
      const run = await planRun({ db, queries, iocLists }, who, input)
      const devices = await endpoints.match(input.matchEndpoints)
      if (devices.length === 0) throw new AppError('no_endpoints')
      await audit(who, 'liveDiscover.runs.create', run.id, {
        name: run.name,
        ...(run.query_id && { queryId: run.query_id }),
        sql: run.sql,
        ...(run.lists && { lists: listSizes(run.lists) }),
        ...(input.origin && { origin: input.origin }),
        matchEndpoints: input.matchEndpoints,
        devices: devices.length,
      })
      await inTurn(async () => {
        await insertRun(db, run, devices)
        deadlines.set(run.id, run.max_seconds)
      })
      void links.sendToAll(
        devices.map(({ id }) => id),
        () => queryMessage(run),
        () => deadlines.secondsLeft(run.id) > 0,
      )
      return await one(run.id)
    },

    /** @throws AppError run_not_found, run_finished */
    async cancel(runId: string): Promise<Run> {
      await end(runId, 'canceled')
      return await one(runId)
    },

    /**
     * Goes on where a limit stopped devices.
     * @throws AppError run_not_found, run_not_resumable, results_expired, forbidden
     */
    async resume(who: Who, runId: string, endpointIds?: readonly string[]): Promise<Run> {
      await inTurn(async () => {
        const run = await rowOf(runId)
        const last = (endpointId: string) => results.lastSequence(runId, endpointId)
        const legs = await db.transaction().execute((trx) => reopenRun(trx, run, who, endpointIds, last))
        await audit(who, 'liveDiscover.runs.resume', runId, { name: run.name, devices: legs.length })
        deadlines.set(runId, run.max_seconds)
        const now = await rowOf(runId)
        for (const { endpointId, legId, from } of legs) {
          feeds.endpoint(runId, endpointId)
          links.get(endpointId)?.send(queryMessage(now, { id: legId, from }))
        }
      })
      return await one(runId)
    },

    /** @throws AppError bad_request */
    async list(list: RunList): Promise<{ items: Run[]; total: number }> {
      const { rows, total } = await selectRuns(db, list)
      return { items: await shown(rows), total }
    },

    /** @throws AppError run_not_found, bad_request */
    async endpoints(runId: string, list: RunEndpointList) {
      await rowOf(runId)
      return await listRunEndpoints(db, runId, list, deadlines.secondsLeft(runId))
    },

    endpointsById: (runId: string, ids: readonly string[]) =>
      readRunEndpoints(db, runId, ids, deadlines.secondsLeft(runId)),

    /** Sends a device every query that it has not ended, the oldest first. */
    async sendUnfinished(link: Link): Promise<void> {
      const open = await db
        .selectFrom('run_endpoints as e')
        .innerJoin('runs as r', 'r.id', 'e.run_id')
        .select(['r.id', 'r.sql', 'r.readable', 'r.lists', 'e.leg_id', 'e.leg_from'])
        .where('e.endpoint_id', '=', link.endpointId)
        .where('e.status', '<>', 'finished')
        .where('r.status', '<>', 'finished')
        .orderBy('r.created_at')
        .execute()
      for (const { leg_id, leg_from, ...run } of open)
        link.send(queryMessage(run, leg_id && leg_from ? { id: leg_id, from: leg_from } : undefined))
    },

    /** Takes in what a device sent for a run; `settle` is called once it is decided. */
    take(incoming: Incoming): void {
      arrived.push(incoming)
      if (arrived.length > 1) return
      // All that arrives until its turn comes is taken in together.
      void inTurn(async () => {
        await new Promise(setImmediate)
        while (arrived.length > 0) {
          const items = arrived.slice(0, maxTurn)
          await ingest({ db, results, feeds, ended }, items).catch((error: Error) => {
            for (const item of items) item.settle({ kind: 'failed', error })
          })
          arrived = arrived.slice(items.length)
        }
      })
    },

    /** Ends what a forgotten device had left to do. */
    async forget(endpointId: string): Promise<void> {
      await inTurn(async () => {
        const now = Date.now()
        const open = await db
          .selectFrom('run_endpoints')
          .select('run_id')
          .where('endpoint_id', '=', endpointId)
          .where('status', '<>', 'finished')
          .execute()
        const runIds = open.map(({ run_id }) => run_id)
        if (runIds.length === 0) return
        const error = JSON.stringify({ code: 'forgotten', message: 'The device was removed during the run.' })
        const over = await db.transaction().execute(async (trx) => {
          await trx
            .updateTable('run_endpoints')
            .set({ status: 'finished', result: 'failed', finished_at: now, error })
            .where('endpoint_id', '=', endpointId)
            .where('status', '<>', 'finished')
            .execute()
          const runs = await endedRuns(trx, runIds)
          for (const runId of runs) await finishRun(trx, runId, results.rows(runId), now, false)
          return runs
        })
        for (const runId of runIds) feeds.endpoint(runId, endpointId)
        for (const runId of over) ended(runId)
      })
    },
  }
}

/** Number of values of each list. */
function listSizes(lists: string): Record<string, number> {
  const entries = Object.entries(JSON.parse(lists) as Record<string, string[]>)
  return Object.fromEntries(entries.map(([name, values]) => [name, values.length]))
}
