import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask, type Quarry, startQuarry, waitForDevices } from '@quarry/devkit'
import { defineBench } from '../scripts/define-bench.ts'
import { captureWithAuditd } from './capture/auditd.ts'
import { compileLoads, type Load, type LoadSize, runLoads } from './capture/loads.ts'
import { countSeen } from './capture/seen.ts'
import { measure, sandboxesOf, usageOf } from './capture/usage.ts'

const full: LoadSize = { processes: 5000, connections: 20_000, fileChanges: 10_000, questions: 5000 }
const small: LoadSize = { processes: 500, connections: 2000, fileChanges: 1000, questions: 500 }
/** Answers to DNS questions that nobody answers are waited for 5 s; everything else is there in well under a second. */
const drainMillis = 6000

/** Numbers of the only row of an answer. */
async function numbers(quarry: Quarry, sql: string): Promise<Record<string, number>> {
  const { run, rows } = await ask(quarry.call, sql)
  const [row] = rows
  if (!row) throw new Error(`No answer (${run.result}) to ${sql}`)
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  )
}

/** Waits until the device records, and, where there is time, until it is at rest and holds no process for questions any more. */
async function settle(quarry: Quarry, rest: boolean) {
  const started =
    "SELECT count(*) AS n FROM sophos_system_journal WHERE time > 0 AND event_type = 'recording_started'"
  while ((await numbers(quarry, started).catch(() => ({ n: 0 }))).n === 0) await sleep(200)
  while (rest && sandboxesOf(quarry.agents[0]!.pid).length > 0) await sleep(1000)
  await sleep(1000)
}

export default defineBench({
  name: 'capture',
  description:
    'Starts processes, makes connections, changes files and asks a name server by load programs in C, and counts by SQL what of it the journals hold; beside it auditd. Needs root.',
  goals: {
    execMissed: { max: 0 },
    commandLinesCut: { max: 0 },
    connectMissed: { max: 0 },
    fileMissed: { max: 0 },
    dnsMissed: { max: 0 },
    lost: { max: 0 },
    cpuSeconds: { max: 6 },
    pssMiB: { max: 160 },
  },
  async run({ quick, progress }) {
    if (process.getuid?.() !== 0)
      throw new Error('This benchmark needs root: others may not see what happens.')
    const size = quick ? small : full
    const folder = mkdtempSync(join(tmpdir(), 'quarry-capture-'))
    try {
      compileLoads(folder)
      const figures: Record<string, number> = {}
      let load: Load | undefined
      let sources: unknown
      {
        await using quarry = await startQuarry({ agents: 1, agentEnv: { QUARRY_RECORDING: 'on' } })
        await waitForDevices(quarry.call, 1)
        await settle(quarry, !quick)
        const agent = quarry.agents[0]!.pid
        const rest = usageOf(agent)
        progress(`at rest: ${rest.processes} processes, ${rest.pssMiB.toFixed(0)} MiB`)
        const usage = await measure(agent, async () => {
          load = await runLoads(folder, size, `quarry${process.pid}`)
          await sleep(drainMillis)
        })
        const made = load!
        progress(`load and drain: ${usage.cpuSeconds.toFixed(2)} CPU seconds, ${usage.pssMiB.toFixed(0)} MiB`)
        Object.assign(figures, expected(made), await countSeen((sql) => numbers(quarry, sql), made))
        Object.assign(figures, missed(figures), {
          lost: (await numbers(quarry, 'SELECT sum(lost_events) AS lost FROM quarry_journals')).lost ?? 0,
          cpuSeconds: usage.cpuSeconds,
          rssMiB: usage.rssMiB,
          pssMiB: usage.pssMiB,
          restPssMiB: rest.pssMiB,
        })
        const said = await ask(
          quarry.call,
          "SELECT data FROM sophos_system_journal WHERE time > 0 AND event_type = 'recording_started'",
        )
        sources = JSON.parse(String(said.rows[0]?.data)).sources
      }
      progress(JSON.stringify(figures))
      const auditd = await captureWithAuditd(folder, size, progress)
      return {
        params: { ...size, sources, ...(typeof auditd === 'string' && { auditd }) },
        figures,
        ...(typeof auditd === 'object' && { peers: { auditd } }),
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
})

/** What the journals should hold. */
function expected(load: Load): Record<string, number> {
  return {
    execExpected: load.processes,
    connectExpected: load.connections.length,
    fileExpected: 2 * load.files,
    dnsExpected: load.questions,
  }
}

function missed(figures: Record<string, number>): Record<string, number> {
  const less = (all: string, seen: string) => (figures[all] ?? 0) - (figures[seen] ?? 0)
  return {
    execMissed: less('execExpected', 'execSeen'),
    commandLinesCut: less('execExpected', 'execWholeCommandLines'),
    connectMissed: less('connectExpected', 'connectSeen'),
    fileMissed: less('fileExpected', 'fileSeen'),
    dnsMissed: less('dnsExpected', 'dnsSeen'),
  }
}
