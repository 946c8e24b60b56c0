import { setTimeout as sleep } from 'node:timers/promises'
import { readRows, startQuarry, startRun, waitForDevices, waitForRun } from '@quarry/devkit'
import type { Run } from '@quarry/schema/endpoints/runs'

export interface Round {
  /** What was killed, and how many milliseconds after the run was started. */
  killed: 'server' | 'agent' | 'both'
  afterMillis: number
  result: Run['result']
  /** Rows that came, as the numbers that the query counts. */
  rows: number[]
  run: Run
}

/** Slow enough to be hit in the middle, and to send many batches: a long number makes each row large. */
const wanted = 6000
const sql = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${wanted})
SELECT i, hex(sha256(i)) || hex(zeroblob(300)) AS filler FROM n`

/**
 * Kills the agent, the server or both with SIGKILL at a random moment of a run, starts them again, and lets the run end; many times.
 * @param seed the same seed gives the same moments
 */
export async function* chaos(kills: number, seed: number): AsyncGenerator<Round> {
  await using quarry = await startQuarry({ agents: 1 })
  const { call } = quarry
  const random = seeded(seed)
  for (let round = 0; round < kills; round++) {
    await waitForDevices(call, 1)
    const killed = (['server', 'agent', 'both'] as const)[Math.floor(random() * 3)]!
    const afterMillis = Math.floor(random() ** 2 * 700)
    const { id } = await startRun(call, sql, { maxDurationInSeconds: 60 })
    await sleep(afterMillis)
    if (killed !== 'agent') await quarry.server.stop('SIGKILL')
    if (killed !== 'server') await quarry.agents[0]!.stop('SIGKILL')
    if (killed !== 'agent') await quarry.restartServer()
    if (killed !== 'server') await quarry.restartAgent(0)
    const told = (cause: unknown) => {
      throw new Error(`Round ${round}: ${cause}\n${quarry.server.output()}`, { cause })
    }
    const run = await waitForRun(call, id).catch(told)
    const rows = (await readRows(call, id).catch(told)).map((row) => Number(row.i))
    yield { killed, afterMillis, result: run.result, rows, run }
  }
}

/** What is wrong with the outcome of a round; empty when nothing is. */
export function faultsOf({ run, rows }: Round): string[] {
  const faults: string[] = []
  const { total, statuses } = run.endpointCounts
  const { succeeded, failed, timedOut, canceled } = statuses.finished
  const ended = succeeded.total + failed.total + timedOut.total + canceled.total
  if (ended !== total) faults.push(`${ended} of ${total} devices ended`)
  if (new Set(rows).size !== rows.length) faults.push('a row came twice')
  // The query counts: without a gap from 1 means that nothing between was lost.
  if (rows.some((value, index) => value !== index + 1)) faults.push('a row is missing between others')
  if (run.result === 'succeeded' && rows.length !== wanted)
    faults.push(`succeeded with ${rows.length} of ${wanted} rows`)
  if (run.resultCount !== rows.length) faults.push(`says ${run.resultCount} rows, has ${rows.length}`)
  return faults
}

/** A small generator of random numbers (mulberry32), so that a failure can be played again. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
