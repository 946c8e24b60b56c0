import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startAgentProcess } from './testing/agent-process.ts'
import { openPeer } from './testing/peer.ts'
import { tempFolder } from './testing/temp-folder.ts'

const wanted = 8000
const sql = `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${wanted})
  SELECT n, hex(zeroblob(300)) AS filler FROM c`
const kills = Number(process.env.QUARRY_KILLS ?? 5)
const seed = Number(process.env.QUARRY_SEED ?? 20261124)

test(`kill -9 at ${kills} random moments (seed ${seed}): every run ends, nothing acknowledged is missing or doubled`, async () => {
  const peer = await openPeer()
  onTestFinished(() => peer.close())
  const folder = tempFolder()
  let state = seed
  const random = () => {
    // Numerical Recipes' linear congruential generator: good enough to pick moments.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  for (let round = 1; round <= kills; round++) {
    const first = startAgentProcess(folder, peer)
    await peer.welcomed(2 * round - 1)
    // Sometimes the server is slow to acknowledge, sometimes it does so at once.
    peer.acknowledge = random() < 0.7
    const runId = peer.ask(sql)
    await sleep(random() ** 2 * 400)
    await first.end('SIGKILL')

    peer.acknowledge = true
    const second = startAgentProcess(folder, peer)
    await peer.welcomed(2 * round)
    // As the server does: every run that has no end is asked again after the welcome.
    if (!peer.batches(runId).some(({ end }) => end)) peer.ask(sql, { runId })
    const { end, sequence } = await peer.ended(runId)
    const batches = peer.stored(runId)
    expect(batches.map((batch) => batch.sequence)).toEqual(Array.from({ length: sequence }, (_, i) => i + 1))
    const rows = batches.flatMap((batch) => batch.rows.map(([n]) => n))
    expect(rows).toEqual(Array.from({ length: rows.length }, (_, i) => i + 1))
    if (end?.status === 'succeeded') expect(rows).toHaveLength(wanted)
    else expect(end).toMatchObject({ status: 'failed', error: { code: 'interrupted' } })
    // A batch that came twice was the same twice.
    for (const batch of peer.batches(runId)) expect(batch).toEqual(batches[batch.sequence - 1])
    await second.end('SIGTERM')
  }
}, 600_000)
